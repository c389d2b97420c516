import type { Subject } from '../checking/check.ts';
import { observeRolePolicies, type RolePolicies } from './role-policies.ts';

/** Reads a function's role, and all policies of that. Rejects with ResourceNotFoundException without the function. */
export async function observeFunctionPolicies(
  { target }: Pick<Subject, 'target'>,
  functionName: string,
): Promise<{ readonly roleArn: string; readonly policies: RolePolicies }> {
  const [client, { GetFunctionConfigurationCommand }] = await Promise.all([
    target.clients.lambda(),
    import('../aws/sdk/lambda.ts'),
  ]);
  const { Role = '' } = await client.send(new GetFunctionConfigurationCommand({ FunctionName: functionName }));
  return { roleArn: Role, policies: await observeRolePolicies({ target }, Role.split('/').at(-1) ?? '') };
}
