import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { Calls } from '../../sandbox/iam-policy/access/access.ts';
import { remainder } from '../../sandbox/iam-policy/access/remainder.ts';
import type { Subject } from '../checking/check.ts';
import { observeFunctionPolicies } from './function-policies.ts';
import { couldCall, fixedFor, type RolePolicies } from './role-policies.ts';
import type { Sender } from './sender.ts';
import { admittedBeyond, isAdmitted } from './trusted-by.ts';

/** Another function of the stack that a function's role can use, or one of its versions and aliases. */
export interface ReachedFunction {
  /** `chat-Poster`, `chat-Poster:live` */
  readonly name: string;
  /** `lambda:InvokeFunction`; anything else changes the function: an action, or those of a statement. */
  readonly action: string;
  /** Whether the role's own policies allow it; otherwise the function's policy does. */
  readonly byOwnPolicies: boolean;
}

/** Functions that a function's role can use, and whether all of the stack's were checked. */
export interface Reached {
  readonly functions: readonly ReachedFunction[];
  /** Why some policies weren't read. */
  readonly notAll: readonly string[];
}

export const INVOKE = 'lambda:InvokeFunction';

/** The likeliest ways to get a function's permissions: its code, its layers and variables, or its policy. */
const CHANGES = ['lambda:UpdateFunctionCode', 'lambda:UpdateFunctionConfiguration', 'lambda:AddPermission'] as const;

/** Actions on a function that leave it as it is. What it does when invoked is looked at. */
const HARMLESS = ['lambda:Get*', 'lambda:List*', 'lambda:Invoke*', 'lambda:TagResource', 'lambda:UntagResource'];

/** How many functions' policies are read, and how many of their versions and aliases. */
const mostFunctions = 20;
const mostQualified = 40;

/** Finds the stack's other functions that a role can invoke or change, because of its own policies or theirs. */
export async function observeReached(
  { target, resources }: Pick<Subject, 'target' | 'resources'>,
  sender: Pick<Sender, 'functionName' | 'functionArn' | 'roleArn'>,
  policies: RolePolicies,
): Promise<Reached> {
  const others = resources.flatMap(({ type, physicalId }) =>
    type === 'AWS::Lambda::Function' && physicalId !== sender.functionName ? physicalId : [],
  );
  const names = others.slice(0, mostFunctions);
  const [client, { GetPolicyCommand }] = await Promise.all([target.clients.lambda(), import('../aws/sdk/lambda.ts')]);
  const { qualified, refused } = await observeQualified(client, names);
  const functions: ReachedFunction[] = [];
  for (const name of [...names, ...qualified.slice(0, mostQualified)]) {
    const arn = `${sender.functionArn.split(':').slice(0, 6).join(':')}:${name}`;
    const policy = await client.send(new GetPolicyCommand({ FunctionName: name })).then(
      ({ Policy = '{}' }) => Policy,
      (error: unknown) => {
        if (isMissing(error)) return '{}';
        throw error;
      },
    );
    for (const action of [changeAdmitted(sender.roleArn, policy) ?? CHANGES[0], INVOKE]) {
      const byOwnPolicies = couldCall(policies, sender.roleArn, action, arn);
      if (byOwnPolicies || isAdmitted(sender.roleArn, action, policy)) functions.push({ name, action, byOwnPolicies });
    }
  }
  const tooMany = (count: number, most: number, of: string) =>
    count > most ? [`the stack has more ${of} than the ${most} whose policies were read`] : [];
  return {
    functions,
    notAll: [
      ...tooMany(others.length, mostFunctions, 'functions'),
      ...tooMany(qualified.length, mostQualified, 'versions and aliases of functions'),
      ...(refused === undefined ? [] : [refused]),
    ],
  };
}

/**
 * Returns the versions and aliases of functions, by qualified name. Each has a policy of its own, and a version keeps
 * the role that it was published with: https://docs.aws.amazon.com/lambda/latest/dg/versioning-aliases-permissions.html
 */
async function observeQualified(
  client: LambdaClient,
  names: readonly string[],
): Promise<{ readonly qualified: readonly string[]; readonly refused?: string }> {
  const { paginateListAliases, paginateListVersionsByFunction } = await import('../aws/sdk/lambda.ts');
  const qualified: string[] = [];
  for (const FunctionName of names) {
    const add = (qualifier = '') => qualified.push(`${FunctionName}:${qualifier}`);
    try {
      for await (const { Aliases = [] } of paginateListAliases({ client }, { FunctionName })) {
        for (const { Name } of Aliases) add(Name);
      }
      for await (const { Versions = [] } of paginateListVersionsByFunction({ client }, { FunctionName })) {
        // `$LATEST` is the function itself.
        for (const { Version } of Versions) if (Version !== '$LATEST') add(Version);
      }
    } catch (error) {
      if (isMissing(error)) continue;
      if (!(error instanceof Error) || !error.name.startsWith('AccessDenied')) throw error;
      const refused = "the checker's credentials aren't allowed to list the functions' versions and aliases";
      return { qualified, refused: `${refused} (lambda:ListVersionsByFunction, lambda:ListAliases)` };
    }
  }
  return { qualified };
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && error.name === 'ResourceNotFoundException';
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
