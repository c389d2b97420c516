import type { Finding } from '../../checking/check.ts';

// What can be wrong with a trigger, each with the ladder that begins where the learner stands. The check's own ladder is
// for a pool without one.

const handler = `Your function, in short:

const { email = '' } = event.request.userAttributes;
if (!/@unicorn\\.example$/i.test(email)) throw new Error('Employees only');
return event;

app/functions/pre-sign-up.ts does the same, with a message that helps.`;

/** The trigger takes other domains for the company's. */
export const letsIn: Finding = {
  id: 'lets-in',
  hints: [
    'The pool asks now, and the answer is yes to people who are not of the company.',
    'Put the address that was accepted, which `npx lab check 08` shows, beside the comparison in your function. Which part of the address does it compare, and with what?',
    'Anybody can register a domain that contains yours, or that ends like it. The domain is what comes after the last @, and only the whole of it counts. Allow what you know; a list of domains to refuse always lacks one.',
    handler,
  ],
};

/** Cognito can't invoke the trigger, or waits for it in vain. */
export const notInvoked: Finding = {
  id: 'not-invoked',
  hints: [
    'The pool names a function, and nobody gets an account any more: Cognito has no answer from it.',
    'Read what Cognito says: `npx lab check 08` shows it, with the list of those who can invoke the function. Was it denied, or did it wait too long?',
    'A function has a policy of its own that says who can invoke it. Cognito (cognito-idp.amazonaws.com) needs a statement there for this pool. What the CDK offers to attach a trigger writes it; if you set LambdaConfig yourself, you write the AWS::Lambda::Permission, too. And the function has to answer within five seconds.',
    'The trigger with its permission, in stack.ts:',
  ],
};

/** Employees are refused, too. */
export const refusesEmployees: Finding = {
  id: 'refuses-employees',
  hints: [
    'Outsiders stay out, and so do the people the room is for.',
    'Read what Cognito answered the employee: `npx lab check 08` shows it. Did your function throw on purpose, or by mistake? Did it return the event?',
    'A PreSignUp trigger accepts somebody by returning the event that it got. If it returns anything else, Cognito rejects the sign-up, and if it throws, the person sees its message.',
    handler,
  ],
};

/** The trigger compares letters that mean the same as if they were different. */
export const caseMatters: Finding = {
  id: 'case-matters',
  hints: [
    'Some employees get in, and some are told that they are none.',
    'Compare the two addresses that `npx lab check 08` shows. What is different?',
    'Domains are the same in upper and lower case, and phones like to begin with a capital letter. Compare the domain in one case.',
    handler,
  ],
};

/** The trigger confirms people who showed nothing. */
export const autoConfirmed: Finding = {
  id: 'auto-confirmed',
  hints: [
    'Only addresses of the company get in. But does the address belong to who typed it?',
    'Look at `event.response` in your function: who sets it, and what does Cognito do with it?',
    'Everybody can type in the address of a colleague. The code that Cognito sends there proves that somebody reads mail at that address. With autoConfirmUser, no code is asked for, so the domain proves nothing.',
    handler,
  ],
};

/** Nobody gets a code. */
export const noCode: Finding = {
  id: 'no-code',
  hints: [
    'Employees can sign up, and then wait for a code that never comes.',
    'What does the pool verify? Compare the options of Users in stack.ts with those that were shipped, and what DescribeUserPool says with both.',
    'A pool sends a code only for attributes in AutoVerifiedAttributes. UpdateUserPool sets everything back that it is not given, so somebody who adds a trigger by hand loses other settings with it.',
    'What differs from the solution, in stack.ts:',
  ],
};

/** The trigger refuses what administrators do. */
export const refusesAdministrators: Finding = {
  id: 'refuses-administrators',
  hints: [
    'Employees can sign up, and an administrator cannot create an account for one.',
    'For which calls does Cognito invoke this trigger? The event says so in `triggerSource`.',
    'Before it creates a user, Cognito invokes PreSignUp for SignUp (PreSignUp_SignUp) and for AdminCreateUser (PreSignUp_AdminCreateUser). An employee is an employee in both.',
    handler,
  ],
};
