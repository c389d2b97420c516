import type { Finding } from '../../checking/check.ts';

// Mistakes that a throttle can have, each with hints that start where the learner is. The check's own hints are for a
// stage without one.

const patch = 'The stage as it should be, in stack.ts:';

/** Some routes have a throttle, and others don't. */
export const someRoutes: Finding = {
  id: 'some-routes',
  hints: [
    'You closed one path for a flood, but others are still open.',
    'Compare the routes of the API with the routes that have limits: `npx lab check` lists both.',
    "A script connects once and then sends as many messages as it likes, so limiting only $connect doesn't stop it. Messages with an unknown action go to $default, which also runs a function. The stage's default settings apply to every route, including those that you add next year.",
    patch,
  ],
};

/** The throttle blocks people, too. */
export const tooFew: Finding = {
  id: 'too-few',
  hints: [
    'The room is now protected from everyone, including the people who use it.',
    'How many messages arrive in one second when a team of ten says good morning? How many people connect when an office gets its network back?',
    `A throttle has two numbers. The rate is how fast the token bucket refills, and the burst is how many tokens it holds. People come in bursts: ten messages at once after a minute of silence. 0 doesn't mean "no limit": it blocks everything.`,
    patch,
  ],
};

/** The throttle blocks nothing. */
export const tooMany: Finding = {
  id: 'too-many',
  hints: [
    "The limits are so high that they don't stop a flood.",
    'How many messages does a team really send in its busiest second? Multiply what the limit allows by a month, and look at docs/scale.md for what that costs.',
    'A limit that is never reached protects nothing. Allow a few times what people need in their busiest second, not what the account allows.',
    patch,
  ],
};

/** One of the two numbers is missing. */
export const half: Finding = {
  id: 'half',
  hints: [
    'Half of the throttle is there.',
    'A throttle has a rate and a burst. Which of the two is missing?',
    "The rate is how fast the token bucket refills, and the burst is how many tokens it holds. A rate alone doesn't say how many requests may come at once, and a burst alone doesn't say how many in an hour. AWS doesn't document the default for the missing number: it could be the account's limit, or 0, which blocks everything.",
    patch,
  ],
};

/** The function behind the stage fails. */
export const functionFails: Finding = {
  id: 'function-fails',
  hints: [
    'The stage admits the messages, but the function behind it fails.',
    "The function's log says why: `npx lab check 07` shows it. What else did you change in stack.ts?",
    'A role is allowed to post to the connections of one stage: `stage.grantManagementApiAccess(sendMessage)`. If you replaced the stage, grant it for the new one.',
    'How your files differ from the solution:',
  ],
};

/** The room's stage has a throttle, but another stage runs the stack's functions without one. */
export const otherStage: Finding = {
  id: 'other-stage',
  hints: [
    'You throttled the address that people use. A script can use another one.',
    '`npx lab check 07` names another stage. Which functions do its routes run?',
    'Limits belong to a stage. Another stage of the API, or a second API, has limits of its own, and a script that floods it runs your functions and spends the same budget. Remove that stage, or give it limits, too.',
    patch,
  ],
};

/** Each remaining route has a throttle, but one is missing. */
export const lostRoute: Finding = {
  id: 'lost-route',
  hints: [
    'Every route that is left has limits, but the API lost a route.',
    '`npx lab diff 07` shows what you changed. Which route options of the API in stack.ts are missing?',
    'The function behind $disconnect deletes the row of a connection that ends, and $default answers messages with an unknown action. A stage can limit these routes, too, so no route has to go.',
    'How your files differ from the solution:',
  ],
};
