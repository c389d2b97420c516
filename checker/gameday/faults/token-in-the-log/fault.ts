import type { Fault } from '../../fault.ts';

export const tokenInTheLog: Fault = {
  from: 'Hedy, security',
  complaint:
    'Support sent me a log line about a login problem. With what was in it I could join the room as Linus. I tried it.',
  look: 'Run `npx lab logs gameday` after somebody joined: which function logs what, and does it contain a token?',
  cause:
    "The authorizer logs the handshake's query, which contains the token. Anyone who can read the log can join as that person until the token expires.",
  solvedBy: ['no-token-in-the-logs'],
  alsoFails: ['no-words-in-the-logs'],
};
