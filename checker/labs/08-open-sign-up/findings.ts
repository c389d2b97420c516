import type { Finding } from '../../checking/check.ts';

// Mistakes that a trigger can have, each with its own hints. The check's own hints are for a pool without a trigger.

const handler = `Your function, in short:

const { email = '' } = event.request.userAttributes;
if (!/@unicorn\\.example$/i.test(email)) throw new Error('Employees only');
return event;

app/functions/pre-sign-up.ts does the same, with a message that helps.`;

/** The trigger accepts domains that only look like the company's. */
export const letsIn: Finding = {
  id: 'lets-in',
  hints: [
    'The pool now invokes your function, but it accepts people from outside the company.',
    '`npx lab check 08` shows the accepted address. Look at the comparison in your function: which part of the address does it compare, and with what?',
    'Anyone can register a domain that contains yours, or ends with it. The domain is everything after the last @, and all of it has to match. Allow the domains you know; a list of domains to reject is never complete.',
    handler,
  ],
};

/** The trigger rejects nobody, or knows only some outsiders. */
export const acceptsStrangers: Finding = {
  id: 'accepts-strangers',
  hints: [
    "The pool now invokes your function, but it accepts somebody whose domain has nothing in common with the company's.",
    "What does your function do with somebody who isn't an employee? Does it throw, and does the error reach Cognito?",
    'A PreSignUp trigger rejects people by throwing. The flags in event.response only make it easier to get in: autoConfirmUser = false is their default. If the function catches its own error, or throws it in a promise that it neither awaits nor returns, Cognito gets the event, and accepts the user. And if the function has a list of domains to reject, that list is never complete: list the domains that you accept. If it accepts only long addresses, look for a limit on the length, or for a pattern that matches short addresses only. If it accepts somebody who tries again, look for what it remembers between two events.',
    handler,
  ],
};

/** The trigger looks at what the client says about the person. */
export const believesTheClient: Finding = {
  id: 'believes-the-client',
  hints: [
    "The pool now invokes your function, but it accepts somebody whose mail address isn't the company's.",
    '`npx lab check 08` shows the accepted person, and what they said besides the address. Which values does your function read from the event?',
    'Cognito sends a code to the attribute `email`, and to nothing else. Whoever signs up writes the user name, the other attributes, validationData and clientMetadata as they like, and proves none of it.',
    handler,
  ],
};

/** The trigger rejects only addresses, and the pool requires none. */
export const needsNoAddress: Finding = {
  id: 'needs-no-address',
  hints: [
    'The pool now invokes your function, but it accepts somebody without any mail address.',
    'Which attributes does the pool require? And what does your function do if `email` is missing?',
    "The pool of this lab requires an address (`email: { required: true }`). If yours doesn't, anyone can sign up without one. They get no code, but the account exists, the user name is taken, and an administrator can confirm it. Require the address, and make the function reject people without one, too.",
    handler,
  ],
};

/** The trigger rejects outsiders with the page's client only. */
export const anotherClient: Finding = {
  id: 'another-client',
  hints: [
    "The page's client no longer gives outsiders an account. But the page's client is not the only one.",
    'Which clients does your user pool have, and what does your function do with `event.callerContext.clientId`?',
    'Every client of a pool creates accounts in the same pool. A client without a secret is public: with its id, anyone can sign up. So the client says nothing about the person, and an account that one client created can sign in with the others. Decide by the address, whatever the client.',
    handler,
  ],
};

/** The room trusts a second pool, and anyone can sign up there. */
export const anotherPool: Finding = {
  id: 'another-pool',
  hints: [
    'One user pool now accepts employees only. But an account in it is not the only way into the room.',
    'Which user pools does your stack have, and whose tokens does the authorizer accept?',
    'A trigger belongs to one pool. If the room trusts the tokens of several pools, each of them has to reject outsiders: with the same trigger, or by accepting no sign-ups at all.',
    'How stack.ts differs from the solution:',
  ],
};

/** Cognito can't invoke the trigger, or it doesn't answer in time. */
export const notInvoked: Finding = {
  id: 'not-invoked',
  hints: [
    'The pool has a trigger, but Cognito gets no answer from its function.',
    "Read Cognito's error: `npx lab check 08` shows it, and lists who can invoke the function. Was the call denied, or did it time out?",
    "A function's resource policy says who can invoke it. Cognito (cognito-idp.amazonaws.com) needs a statement there for this pool. The CDK's methods for triggers write it; if you set LambdaConfig yourself, you have to add the AWS::Lambda::Permission, too. And the function has to answer within five seconds, whatever the answer.",
    'The trigger with its permission, in stack.ts:',
  ],
};

/** Employees are rejected, too. */
export const refusesEmployees: Finding = {
  id: 'refuses-employees',
  hints: [
    'Outsiders stay out, but so do the people the room is for.',
    "Read Cognito's answer to the employee: `npx lab check 08` shows it, and the log. Did your function throw on purpose, or by mistake? Did it return the event?",
    'A PreSignUp trigger accepts a user by returning the event. If it returns anything else, Cognito rejects the sign-up; if it throws, the person sees its message. It also throws if it reads a property of undefined, or a misspelled name. And Lambda finds the function only if its file exports it as `handler`.',
    handler,
  ],
};

/** The trigger compares domains case-sensitively. */
export const caseMatters: Finding = {
  id: 'case-matters',
  hints: [
    'Some employees can sign up, and others are rejected as outsiders.',
    'Compare the two addresses that `npx lab check 08` shows. How do they differ?',
    "Domains aren't case-sensitive, and people type what's before the @ in either case, too. Phones like to capitalize the first letter. Convert the domain to one case before you compare it, and don't compare the rest.",
    handler,
  ],
};

/** The trigger confirms people who proved nothing. */
export const autoConfirmed: Finding = {
  id: 'auto-confirmed',
  hints: [
    'Only company addresses are accepted. But does the address belong to the person who typed it?',
    'Look at `event.response` in your function: what does it set, and what does Cognito do with it?',
    "Anyone can type in a colleague's address. The code that Cognito sends there proves that the person reads mail at that address. With autoConfirmUser, Cognito asks for no code, so the domain proves nothing.",
    handler,
  ],
};

/** Nobody gets a code. */
export const noCode: Finding = {
  id: 'no-code',
  hints: [
    'Employees can sign up, but then wait for a code that never comes.',
    'What does the pool verify? Compare the options of Users in stack.ts with the original, and both with DescribeUserPool.',
    "A pool sends a code only for attributes in AutoVerifiedAttributes. UpdateUserPool resets every setting that isn't passed, so adding a trigger manually can lose other settings.",
    'How stack.ts differs from the solution:',
  ],
};

/** The trigger rejects users that administrators create. */
export const refusesAdministrators: Finding = {
  id: 'refuses-administrators',
  hints: [
    "Employees can sign up, but an administrator can't create an account for one.",
    'Which calls make Cognito invoke this trigger? The event says so in `triggerSource`.',
    'Cognito invokes PreSignUp before SignUp (PreSignUp_SignUp) and before AdminCreateUser (PreSignUp_AdminCreateUser) creates a user. Accept employees in both.',
    handler,
  ],
};

/** The program adds the trigger once its template is written. */
export const afterSynth: Finding = {
  id: 'trigger-after-synth',
  hints: [
    'The trigger is in stack.ts, but `npx lab deploy 08` deploys a stack without it.',
    'In which order does the program run? Compare the line that adds the trigger with the line that ends the program.',
    '`app.synth()` writes the templates that are deployed. Code after it still runs, but it changes no template. So everything that belongs to the stack comes before it.',
    'The trigger in the solution, before `app.synth()`:',
  ],
};

/** The CDK ignores triggers whose name it doesn't know. */
export const misspelledKey: Finding = {
  id: 'misspelled-trigger',
  hints: [
    'The stack has the function, and Cognito is allowed to invoke it, but the user pool has no trigger.',
    'Which keys does `lambdaTriggers` have? The check names the one in your stack.ts.',
    'The keys are the names of the triggers, in lower camel case: `preSignUp`. Any other key compiles, too, because its type allows every name. The CDK then creates the permission, but leaves the trigger out of the template.',
    'The trigger in the solution, with `addTrigger`, which knows the names:',
  ],
};
