import type { Fault } from '../../fault.ts';

export const tokenInTheLog: Fault = {
  from: 'Hedy, security',
  complaint:
    'Support sent me a log line about a login problem. With what was in it I could join the room as Linus. I tried it.',
  look: '`npx lab logs gameday`, after somebody joined: which function prints what, and is a token in it?',
  cause:
    'The authorizer prints the query of the handshake, and the token is in it. Whoever can read the log can join as that person until the token expires.',
  solvedBy: ['no-token-in-the-logs'],
  alsoFails: ['no-words-in-the-logs'],
};
