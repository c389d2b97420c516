import type { Fault } from '../../fault.ts';

export const noAuthorizer: Fault = {
  from: 'Hedy, security',
  complaint: 'In the list of people there is somebody called "stranger". Who is that, and who invited them?',
  look: 'Press "Knock without signing in" on the chat page. Then look at the options of $connect: who decides there?',
  cause:
    "`$connect` has no authorizer, so nobody is asked for a token. The authorizer's function is in the stack and is never invoked.",
  solvedBy: ['stranger-is-refused'],
  alsoFails: ['forged-token-is-refused', 'two-people-talk'],
  masks: ['token-in-a-header', 'token-in-the-log', 'not-live'],
};
