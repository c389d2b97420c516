import type { Calls } from '../../sandbox/iam-policy/access/access.ts';
import { remainder } from '../../sandbox/iam-policy/access/remainder.ts';
import type { Subject } from '../checking/check.ts';
import { observeFunctionPolicies } from './function-policies.ts';
import { couldCall, fixedFor, type RolePolicies } from './role-policies.ts';
import type { Sender } from './sender.ts';
import { admittedBeyond, isAdmitted } from './trusted-by.ts';

/** Another function of the stack that a function's role can use. */
export interface ReachedFunction {
  readonly name: string;
  /** `lambda:InvokeFunction`; anything else changes the function: an action, or those of a statement. */
  readonly action: string;
  /** Whether the role's own policies allow it; otherwise the function's policy does. */
  readonly byOwnPolicies: boolean;
}

/** Functions that a function's role can use, and whether all of the stack's were checked. */
export interface Reached {
  readonly functions: readonly ReachedFunction[];
  readonly notAll?: string;
}

export const INVOKE = 'lambda:InvokeFunction';

/** The likeliest ways to get a function's permissions: its code, its layers and variables, or its policy. */
const CHANGES = ['lambda:UpdateFunctionCode', 'lambda:UpdateFunctionConfiguration', 'lambda:AddPermission'] as const;

/** Actions on a function that leave it as it is. What it does when invoked is looked at. */
const HARMLESS = ['lambda:Get*', 'lambda:List*', 'lambda:Invoke*', 'lambda:TagResource', 'lambda:UntagResource'];

/** How many functions' policies are read. */
const mostFunctions = 20;

/** Finds the stack's other functions that a role can invoke or change, because of its own policies or theirs. */
export async function observeReached(
  { target, resources }: Pick<Subject, 'target' | 'resources'>,
  sender: Pick<Sender, 'functionName' | 'functionArn' | 'roleArn'>,
  policies: RolePolicies,
): Promise<Reached> {
  const others = resources.flatMap(({ type, physicalId }) =>
    type === 'AWS::Lambda::Function' && physicalId !== sender.functionName ? physicalId : [],
  );
  const [client, { GetPolicyCommand }] = await Promise.all([target.clients.lambda(), import('../aws/sdk/lambda.ts')]);
  const functions: ReachedFunction[] = [];
  for (const name of others.slice(0, mostFunctions)) {
    const arn = `${sender.functionArn.split(':').slice(0, 6).join(':')}:${name}`;
    const policy = await client.send(new GetPolicyCommand({ FunctionName: name })).then(
      ({ Policy = '{}' }) => Policy,
      (error: unknown) => {
        if (error instanceof Error && error.name === 'ResourceNotFoundException') return '{}';
        throw error;
      },
    );
    for (const action of [changeAdmitted(sender.roleArn, policy) ?? CHANGES[0], INVOKE]) {
      const byOwnPolicies = couldCall(policies, sender.roleArn, action, arn);
      if (byOwnPolicies || isAdmitted(sender.roleArn, action, policy)) functions.push({ name, action, byOwnPolicies });
    }
  }
  if (others.length <= mostFunctions) return { functions };
  return { functions, notAll: `the stack has more functions than the ${mostFunctions} whose policies were read` };
}

/** Returns with what a function's policy lets a role change the function, in IAM's words; undefined if it doesn't. */
function changeAdmitted(roleArn: string, policy: string): string | undefined {
  const known = CHANGES.find((action) => isAdmitted(roleArn, action, policy));
  return known ?? admittedBeyond(roleArn, { of: 'lambda:?*', except: HARMLESS }, policy);
}

/** Whether a function's role is allowed more than these calls. */
export async function hasMoreThan(
  subject: Pick<Subject, 'target'>,
  functionName: string,
  calls: readonly Calls[],
): Promise<boolean> {
  const { roleArn, policies } = await observeFunctionPolicies(subject, functionName);
  return remainder(policies, calls, fixedFor(roleArn, policies)).length > 0;
}
