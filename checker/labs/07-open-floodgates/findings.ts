import type { Finding } from '../../checking/check.ts';

// What can be wrong with a throttle, each with the ladder that begins where the learner stands. The check's own ladder is
// for a stage without one.

const patch = 'The stage as it should be, in stack.ts:';

/** Some routes have a throttle, and others don't. */
export const someRoutes: Finding = {
  id: 'some-routes',
  hints: [
    'A flood now finds one door closed and the next one open.',
    'Compare the routes of the API with the routes that have limits: `npx lab check` lists both.',
    'A script connects once and then sends as many messages as it likes. So limiting $connect alone stops nobody who is connected. And messages with an action that nobody knows go to $default, which runs a function too. Settings of the stage hold for every route, also for those that you add next year.',
    patch,
  ],
};

/** The throttle stops people. */
export const tooFew: Finding = {
  id: 'too-few',
  hints: [
    'The room is protected from everybody, people included.',
    'How many messages arrive in one second when a team of ten says good morning? And how many people connect when the network of an office comes back?',
    'A throttle has two numbers. The rate is how fast the bucket of tokens fills, and the burst is how many tokens it holds. People come in bursts: ten at once after a minute of silence. 0 is not "no limit", it lets nothing through.',
    patch,
  ],
};

/** The throttle stops nobody. */
export const tooMany: Finding = {
  id: 'too-many',
  hints: [
    'The throttle is so high that a flood fits through it.',
    'How many messages does a team really send in its busiest second? Multiply what the limit allows by a month, and look at docs/scale.md for what that costs.',
    'A limit that is never reached protects nothing. Take what people need in their busiest second, some times over, and not what the account allows.',
    patch,
  ],
};

/** One of the two numbers is missing. */
export const half: Finding = {
  id: 'half',
  hints: [
    'Half of the throttle is there.',
    'A throttle is a rate and a burst. Which of the two does the stage lack?',
    "With a rate alone, the bucket holds as many tokens as the account's: 5,000 messages come through before the rate begins to matter, and again after each pause. With a burst alone, the bucket fills as fast as the account's.",
    patch,
  ],
};
