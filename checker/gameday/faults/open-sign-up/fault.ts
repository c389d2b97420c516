import type { Fault } from '../../fault.ts';

export const openSignUp: Fault = {
  from: 'Hedy, security',
  complaint: 'Somebody with a free mail address has an account. I thought that only employees can get one?',
  look: 'Sign up on the chat page with an address outside unicorn.example. Which function should Cognito have invoked?',
  cause:
    'The pool has no pre-sign-up trigger. The function that rejects outsiders is in the stack, but nothing invokes it.',
  solvedBy: ['outsiders-cannot-sign-up'],
  alsoFails: [],
};
