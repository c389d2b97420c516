import type { Subject } from '../../checking/check.ts';
import { couldCall, observeRolePolicies } from '../../observe/role-policies.ts';
import type { Sender } from '../../observe/sender.ts';
import type { Probe } from '../../observe/simulate.ts';

/** As many other functions are asked about. */
const mostOthers = 10;

/** Says to which other function of the stack a call was granted that the sending one lacks; undefined if to none. */
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
  const [client, { GetFunctionConfigurationCommand }] = await Promise.all([
    target.clients.lambda(),
    import('@aws-sdk/client-lambda'),
  ]);
  for (const { logicalId, physicalId } of others.slice(0, mostOthers)) {
    const { Role = '' } = await client.send(new GetFunctionConfigurationCommand({ FunctionName: physicalId }));
    if (Role === '' || Role === sender.roleArn) continue;
    const policies = await observeRolePolicies({ target }, Role.split('/').at(-1) ?? '');
    if (!couldCall(policies, Role, action, resource)) continue;
    return `The role of ${nameOf(logicalId, physicalId)} is granted it; the function that speaks is ${nameOf(sender.logicalId, sender.functionName)}.`;
  }
  return undefined;
}
