import type { ContextEntry, EvaluationResult } from '@aws-sdk/client-iam';
import type { Evidence, Subject } from '../checking/check.ts';
import { LabError } from '../failures/errors.ts';
import { pace } from './pace.ts';
import { missingFor, requestContext } from './request-context.ts';
import type { Sender } from './sender.ts';

/** One call that a role could make. */
export interface Probe {
  /** `execute-api:ManageConnections` */
  readonly action: string;
  /** A complete ARN, without wildcards; `*` for an action without resources. */
  readonly resource: string;
  /** The context of the call, if it isn't that of the function's current calls. */
  readonly context?: readonly ContextEntry[];
}

/** IAM's answer about it. */
export type Decision = Probe &
  (
    | { readonly decision: 'allowed' /** Names of the policies that allow it. */; readonly by: readonly string[] }
    | {
        readonly decision: 'denied' /** The policy that denies it; undefined if no policy allows it. */;
        readonly why?: string;
      }
    | {
        readonly decision: 'unknown';
        readonly why: string;
        /** Why there is no answer: a policy of the organization, or context that only a real call has. */
        readonly open: 'organization' | 'context';
      }
  );

/**
 * Asks IAM what the function's role is allowed: its policies and its boundary, with the context that they need. Rejects
 * with a LabError if the checker's own credentials aren't allowed to ask.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html
 */
export async function simulate(
  { target }: Pick<Subject, 'target'>,
  sender: Sender,
  probes: readonly Probe[],
): Promise<Decision[]> {
  const [client, iam] = await Promise.all([target.clients.iam(), import('../aws/sdk/iam.ts')]);
  const PolicySourceArn = sender.roleArn;
  try {
    const [{ ContextKeyNames = [] }, { Role }] = await Promise.all([
      client.send(new iam.GetContextKeysForPrincipalPolicyCommand({ PolicySourceArn })),
      client.send(new iam.GetRoleCommand({ RoleName: sender.roleName })),
    ]);
    const tags = Object.fromEntries((Role?.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value]));
    const roleId = Role?.RoleId ?? '';
    const circumstances = { ...sender, region: target.region, now: new Date(), roleId, tags };
    const ContextEntries = requestContext(ContextKeyNames, circumstances);
    const answers: Decision[] = [];
    // IAM rejects lists whose actions "require different authorization information", and AWS doesn't document which do.
    for (const { action, resource, context = [] } of probes) {
      await pace(target);
      const input = {
        PolicySourceArn,
        ActionNames: [action],
        ResourceArns: [resource],
        ContextEntries: withContext(ContextEntries, context),
      };
      for await (const { EvaluationResults = [] } of iam.paginateSimulatePrincipalPolicy({ client }, input)) {
        const given = EvaluationResults.map((result) => answerOf(resource, result, sender.roleName));
        answers.push(...given.map((answer) => (context.length === 0 ? answer : { ...answer, context })));
      }
    }
    return answers;
  } catch (error) {
    if (!(error instanceof Error) || !error.name.startsWith('AccessDenied')) throw error;
    const bootstrap =
      target.kind === 'aws'
        ? " Or check with the CDK bootstrap's lookup role, which is allowed to ask: docs/aws.md."
        : '';
    throw new LabError(
      `The checker's credentials aren't allowed to ask IAM about a role: ${error.message}`,
      `Give this statement to whoever manages permissions in that account: ${JSON.stringify({ Effect: 'Allow', Action: asking, Resource: PolicySourceArn })} (everything the checker needs: \`npx lab doctor --policy\`).${bootstrap}`,
      { cause: error },
    );
  }
}

/** The context entries of a call: its own override those of every call. */
function withContext(usual: readonly ContextEntry[], own: readonly ContextEntry[]): ContextEntry[] {
  const isOwn = (name = '') => own.some(({ ContextKeyName }) => ContextKeyName?.toLowerCase() === name.toLowerCase());
  return [...usual.filter(({ ContextKeyName }) => !isOwn(ContextKeyName)), ...own];
}

/** The permissions for asking. */
const asking = ['iam:SimulatePrincipalPolicy', 'iam:GetContextKeysForPrincipalPolicy', 'iam:GetRole'];

/** Interprets a simulation's result for one resource. It names inline policies also after the role. */
export function answerOf(resource: string, result: EvaluationResult, roleName = ''): Decision {
  const { EvalActionName: action = '', OrganizationsDecisionDetail } = result;
  const specific = result.ResourceSpecificResults?.find(({ EvalResourceName }) => EvalResourceName === resource);
  const { MatchedStatements = [], PermissionsBoundaryDecisionDetail: boundary } = specific ?? result;
  const decision = specific?.EvalResourceDecision ?? result.EvalDecision;
  const missed = [...(result.MissingContextValues ?? []), ...(specific?.MissingContextValues ?? [])];
  const missing = [...new Set(missingFor(action, missed))];
  const probe = { action, resource };
  if (OrganizationsDecisionDetail?.AllowedByOrganizations === false) {
    const why = "a policy of your organization denies it, whatever the role's policies allow";
    return { ...probe, decision: 'unknown', open: 'organization', why };
  }
  if (missing.length > 0) {
    const why = `it depends on ${missing.join(', ')}, which only a real call has`;
    return { ...probe, decision: 'unknown', open: 'context', why };
  }
  const names = MatchedStatements.flatMap(
    ({ SourcePolicyId }) => SourcePolicyId?.replace(`role_${roleName}_`, '') ?? [],
  );
  const by = [...new Set(names)];
  if (decision === 'allowed') return { ...probe, decision, by };
  if (decision === 'explicitDeny')
    return { ...probe, decision: 'denied', why: `denied by ${by.join(', ') || 'a policy'}` };
  if (boundary?.AllowedByPermissionsBoundary === false) {
    return { ...probe, decision: 'denied', why: "not allowed by the role's permissions boundary" };
  }
  return { ...probe, decision: 'denied' };
}

/** Formats a simulation for a report. */
export function simulated({ roleArn }: Pick<Sender, 'roleArn'>, answers: readonly Decision[]): Evidence {
  return { source: 'SimulatePrincipalPolicy', about: roleArn, lines: answers.map(inWords) };
}

function inWords(answer: Decision): string {
  const { action, resource, decision, context = [] } = answer;
  const given = context.map(({ ContextKeyName, ContextKeyValues = [] }) => `${ContextKeyName} ${ContextKeyValues}`);
  const call = `${action} on ${resource}${given.length === 0 ? '' : ` with ${given.join(', ')}`}`;
  if (decision === 'allowed') return `allowed: ${call}${answer.by.length === 0 ? '' : ` (by ${answer.by.join(', ')})`}`;
  if (decision === 'unknown') return `undecided: ${call}: ${answer.why}`;
  return `denied: ${call}: ${answer.why ?? 'no policy of the role allows it'}`;
}
