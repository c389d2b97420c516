import type { Fault } from '../../fault.ts';

export const openSignUp: Fault = {
  from: 'Hedy, security',
  complaint: 'Somebody with a free mail address has an account. I thought that only employees can get one?',
  look: 'Sign up on the chat page with an address that is not of unicorn.example. Which function should have been asked?',
  cause:
    'The pool has no pre-sign-up trigger. The function that refuses outsiders is in the stack, and nothing invokes it.',
  solvedBy: ['outsiders-cannot-sign-up'],
  alsoFails: [],
};
