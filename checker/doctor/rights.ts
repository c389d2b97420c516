import { partitionOf } from '../aws/partition.ts';
import type { Target } from '../aws/target.ts';
import { leastPolicy } from '../checking/permissions.ts';
import { pace } from '../observe/pace.ts';
import { bootstrapQualifiers } from '../workshop/bootstrap-qualifiers.ts';
import { awsOf, type Examination } from './finding.ts';

/**
 * Returns whether IAM allows these credentials everything that the checker does. If they aren't allowed to ask, says
 * so, and suggests the CDK bootstrap's role that can read everything.
 */
export const rights: Examination = async (patient) => {
  const target = awsOf(patient);
  const { chosen, root } = patient;
  if (target === undefined || chosen.kind !== 'aws') return [];
  const about = 'permission to check';
  const [{ GetCallerIdentityCommand }, iam] = await Promise.all([
    import('../aws/sdk/sts.ts'),
    import('../aws/sdk/iam.ts'),
  ]);
  const { Arn = '' } = await (await target.clients.sts()).send(new GetCallerIdentityCommand({}));
  if (Arn.endsWith(':root')) return { about, state: 'fine', found: 'the root user has every permission' };
  const client = await target.clients.iam();
  const partition = await partitionOf(chosen.region);
  const denied: string[] = [];
  try {
    const PolicySourceArn = await principalOf(target, Arn);
    for (const { Action, Resource, Condition } of leastPolicy({ ...chosen, partition }).Statement) {
      const ContextEntries = Object.keys(Condition?.StringLike ?? {}).map((ContextKeyName) => ({
        ContextKeyName,
        ContextKeyType: 'string' as const,
        ContextKeyValues: ['doctor'],
      }));
      // IAM rejects lists whose actions "require different authorization information".
      for (const action of Action) {
        await pace(target);
        const input = { PolicySourceArn, ActionNames: [action], ResourceArns: [...Resource], ContextEntries };
        for await (const { EvaluationResults = [] } of iam.paginateSimulatePrincipalPolicy({ client }, input)) {
          if (EvaluationResults.some(({ EvalDecision }) => EvalDecision !== 'allowed')) denied.push(action);
        }
      }
    }
  } catch (error) {
    if (!(error instanceof Error) || !/^(AccessDenied|NoSuchEntity|InvalidInput)/.test(error.name)) throw error;
    const [qualifier] = await bootstrapQualifiers(root);
    const lookup = `arn:${partition}:iam::${chosen.account}:role/cdk-${qualifier}-lookup-role-${chosen.account}-${chosen.region}`;
    return {
      about,
      state: 'unknown',
      found: error.name.startsWith('AccessDenied')
        ? "these credentials aren't allowed to ask IAM (iam:SimulatePrincipalPolicy, iam:GetRole)"
        : `IAM can't say what these credentials are allowed to do: ${error.message}`,
      next: `Give the output of \`npx lab doctor --policy\` to an administrator. Or check with a profile that has role_arn = ${lookup}: the CDK bootstrap's role can read everything and ask IAM, but it can't delete the rows that visitors leave.`,
    };
  }
  if (denied.length === 0) return { about, state: 'fine', found: 'everything the checker needs' };
  return {
    about,
    state: 'in the way',
    found: `missing: ${[...new Set(denied)].join(', ')}`,
    next: '`npx lab doctor --policy` prints the policy to give to an administrator.',
  };
};

/**
 * Returns the user, or a session's role: `arn:aws:sts::1:assumed-role/Name/session` belongs to the role Name, but only
 * IAM knows its path. IAM Identity Center's roles have one.
 */
async function principalOf({ clients }: Pick<Target, 'clients'>, arn: string): Promise<string> {
  const RoleName = /:assumed-role\/([^/]+)\//.exec(arn)?.[1];
  if (RoleName === undefined) return arn;
  const { GetRoleCommand } = await import('../aws/sdk/iam.ts');
  const { Role } = await (await clients.iam()).send(new GetRoleCommand({ RoleName }));
  return Role?.Arn ?? arn;
}
