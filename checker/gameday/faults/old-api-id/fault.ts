import type { Fault } from '../../fault.ts';

export const oldApiId: Fault = {
  from: 'Grace',
  complaint: 'Since somebody made the permissions "tighter", all I get when I write is "Internal server error".',
  look: "`npx lab logs gameday` shows which resource the role was denied. Compare the API's id in it with the one in the policy.",
  cause:
    'The permission to post is for another API: the policy has the literal id of an API that no longer exists. `stage.grantManagementApiAccess` uses the right id.',
  solvedBy: ['two-people-talk'],
  alsoFails: ['no-more-than-needed'],
};
