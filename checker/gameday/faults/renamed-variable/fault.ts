import type { Fault } from '../../fault.ts';

export const renamedVariable: Fault = {
  from: 'Margaret',
  complaint: 'I sign in, it accepts my password, and then it never connects. Nobody in my team gets in.',
  look: 'The handshake fails with 500 or 502. `npx lab trace gameday` shows which function failed, and `npx lab logs gameday` what it logged.',
  cause:
    "The functions get the table's name as TABLE_NAME, but read CONNECTIONS_TABLE. Somebody renamed the variable in stack.ts, but not in the functions.",
  solvedBy: ['signed-in-user-comes-in'],
  alsoFails: [],
};
