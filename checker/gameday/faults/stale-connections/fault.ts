import type { Fault } from '../../fault.ts';

export const staleConnections: Fault = {
  from: 'Linus',
  complaint:
    'As soon as somebody\'s laptop goes to sleep, everyone who writes gets "Internal server error", all afternoon.',
  look: "Whose row is still in the table although they are gone? `npx lab logs gameday` shows API Gateway's answer to a post to such a connection.",
  cause:
    "The sending function doesn't handle 410 Gone: one row of a connection that ended makes every message fail. It has to delete that row and continue.",
  solvedBy: ['gone-connections-are-removed'],
  alsoFails: ['every-page-is-read'],
};
