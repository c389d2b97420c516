import type { Subject } from '../../checking/check.ts';
import { observeFunctionPolicies } from '../../observe/function-policies.ts';
import { couldCall } from '../../observe/role-policies.ts';
import type { Sender } from '../../observe/sender.ts';
import type { Probe } from '../../observe/simulate.ts';

/** How many other functions are checked. */
const mostOthers = 10;

/** Says which other function of the stack was granted a call that the sending one lacks; undefined if none was. */
export async function grantedToOther(
  { target, resources, locate }: Pick<Subject, 'target' | 'resources' | 'locate'>,
  sender: Sender,
  { action, resource }: Probe,
): Promise<string | undefined> {
  const nameOf = (logicalId: string | undefined, name: string) =>
    (logicalId === undefined ? undefined : locate(logicalId)?.construct?.split('/').slice(1).join('/')) ?? name;
  const others = resources.filter(
    ({ type, physicalId }) => type === 'AWS::Lambda::Function' && physicalId !== sender.functionName,
  );
  for (const { logicalId, physicalId } of others.slice(0, mostOthers)) {
    const { roleArn, policies } = await observeFunctionPolicies({ target }, physicalId);
    if (roleArn === sender.roleArn || !couldCall(policies, roleArn, action, resource)) continue;
    return `That is granted to the role of ${nameOf(logicalId, physicalId)}, but the sending function is ${nameOf(sender.logicalId, sender.functionName)}.`;
  }
  return undefined;
}
