import type { Fault } from '../../fault.ts';

export const noPostPermission: Fault = {
  from: 'Grace',
  complaint: 'Whatever I write, it answers "Internal server error". I can join, and I see the others join.',
  look: 'Send a message, then read what the sending function logged: `npx lab logs gameday`. Which action was denied, and on what?',
  cause:
    "The role of the sending function isn't allowed to post to connections (`execute-api:ManageConnections`): nothing in stack.ts grants it.",
  solvedBy: ['two-people-talk'],
  alsoFails: [],
};
