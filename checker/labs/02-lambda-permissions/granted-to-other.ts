import type { Subject } from '../../checking/check.ts';
import { couldCall, observeRolePolicies } from '../../observe/role-policies.ts';
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
  const [client, { GetFunctionConfigurationCommand }] = await Promise.all([
    target.clients.lambda(),
    import('../../aws/sdk/lambda.ts'),
  ]);
  for (const { logicalId, physicalId } of others.slice(0, mostOthers)) {
    const { Role = '' } = await client.send(new GetFunctionConfigurationCommand({ FunctionName: physicalId }));
    if (Role === '' || Role === sender.roleArn) continue;
    const policies = await observeRolePolicies({ target }, Role.split('/').at(-1) ?? '');
    if (!couldCall(policies, Role, action, resource)) continue;
    return `That is granted to the role of ${nameOf(logicalId, physicalId)}, but the sending function is ${nameOf(sender.logicalId, sender.functionName)}.`;
  }
  return undefined;
}
