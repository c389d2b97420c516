import type { Subject } from '../../checking/check.ts';
import type { RolePolicies } from '../../observe/role-policies.ts';
import type { Sender } from '../../observe/sender.ts';
import type { Decision } from '../../observe/simulate.ts';
import { addedTooLate } from '../added-too-late.ts';
import { addedPermission } from './added-permission.ts';
import { grantedToOther } from './granted-to-other.ts';
import { type NearMiss, nearMiss } from './near-miss.ts';

const GRANT = {
  adds: /\.grant\w*[.(]|\.(?:addTo\w*Policy|attachInlinePolicy|addManagedPolicy|addStatements)\(|\bnew (?:\w+\.)?\w*Policy\(/,
  names: /ManagementApiAccess|Manage\w*Connections|execute-api:/i,
};
const LATE = 'stack.ts grants it after `app.synth()`, which has already written the template.';

/**
 * Finds a change that was meant to allow a call: in the role's own policies, or, if nothing there explains the denial,
 * after the end of the program, in the policies of another function and in the function's resource policy.
 */
export async function observeNearMiss(
  subject: Subject,
  sender: Sender,
  policies: RolePolicies,
  call: Decision,
): Promise<NearMiss | undefined> {
  const own = nearMiss(policies, call);
  if (own !== undefined || call.decision !== 'denied') return own;
  const late = addedTooLate(subject.program(), GRANT);
  if (late !== undefined) return { of: 'order', said: LATE, place: late };
  const toOther = await grantedToOther(subject, sender, call);
  if (toOther !== undefined) return { of: 'statement', said: toOther };
  const added = addedPermission(subject, sender);
  return added === undefined ? undefined : { of: 'policy', said: added };
}
