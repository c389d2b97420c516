import type { IAMClient } from '@aws-sdk/client-iam';
import type { StackResource, Subject } from '../checking/check.ts';
import type { Sender } from './sender.ts';

interface Document {
  readonly Statement?: Statement | readonly Statement[];
}

interface Statement {
  readonly Effect?: string;
  readonly Resource?: string | readonly string[];
}

/**
 * The ARNs on which the policies of a function's role allow something, with their wildcards: those of the stack itself,
 * and all others. A name that nobody has tells nothing of these, so they are to be asked for by theirs.
 */
export async function observeNamedResources(
  { target, resources }: Pick<Subject, 'target' | 'resources'>,
  { roleName }: Pick<Sender, 'roleName'>,
): Promise<{ readonly own: readonly string[]; readonly others: readonly string[] }> {
  const client = await target.clients.iam();
  const documents = [...(await inlinePolicies(client, roleName)), ...(await customerPolicies(client, roleName))];
  const ids = resources.filter(({ type }) => !isPartOfApi.test(type)).map(nameOf);
  const named = [...new Set(documents.flatMap(grantedIn))];
  const isOwn = (arn: string) => ids.some((id) => isOf(arn, id));
  return { own: named.filter(isOwn), others: named.filter((arn) => !isOwn(arn)) };
}

/** The physical id of a queue is its address. */
function nameOf({ type, physicalId }: StackResource): string {
  return type === 'AWS::SQS::Queue' ? (physicalId.split('/').at(-1) ?? '') : physicalId;
}

async function inlinePolicies(client: IAMClient, RoleName: string): Promise<string[]> {
  const iam = await import('@aws-sdk/client-iam');
  const documents: string[] = [];
  for await (const { PolicyNames = [] } of iam.paginateListRolePolicies({ client }, { RoleName })) {
    for (const PolicyName of PolicyNames) {
      const { PolicyDocument } = await client.send(new iam.GetRolePolicyCommand({ RoleName, PolicyName }));
      if (PolicyDocument !== undefined) documents.push(decodeURIComponent(PolicyDocument));
    }
  }
  return documents;
}

/** The managed policies that are not AWS's: what AWS writes for everybody names nobody's things. */
async function customerPolicies(client: IAMClient, RoleName: string): Promise<string[]> {
  const iam = await import('@aws-sdk/client-iam');
  const documents: string[] = [];
  for await (const { AttachedPolicies = [] } of iam.paginateListAttachedRolePolicies({ client }, { RoleName })) {
    for (const { PolicyArn = '' } of AttachedPolicies) {
      if (PolicyArn.includes(':iam::aws:')) continue;
      const VersionId = await defaultVersion(client, PolicyArn);
      const { PolicyVersion } = await client.send(new iam.GetPolicyVersionCommand({ PolicyArn, VersionId }));
      if (PolicyVersion?.Document !== undefined) documents.push(decodeURIComponent(PolicyVersion.Document));
    }
  }
  return documents;
}

/** IAM answers in pages, and a page may have fewer than there are. */
async function defaultVersion(client: IAMClient, PolicyArn: string): Promise<string | undefined> {
  const iam = await import('@aws-sdk/client-iam');
  for await (const { Versions = [] } of iam.paginateListPolicyVersions({ client }, { PolicyArn })) {
    const version = Versions.find(({ IsDefaultVersion }) => IsDefaultVersion);
    if (version !== undefined) return version.VersionId;
  }
  return undefined;
}

/** Whether an ARN names a thing by its id, and not another one whose name has that in it. */
export function isOf(arn: string, id: string): boolean {
  // The name of a parameter that begins with a slash follows on its kind: `parameter/chat/greeting`.
  const upTo = id.startsWith('/') ? /:[^:/]*$/ : /[:/]$/;
  return `:${arn}:`.split(id).some((before, index, all) => {
    const after = all[index + 1];
    return after !== undefined && upTo.test(before) && /^[:/*]/.test(after);
  });
}

/** Their physical ids are no names of their own: a stage is only called `room`. */
const isPartOfApi = /^AWS::ApiGatewayV2::(?!Api$)/;

/** The ARNs that a policy allows something on. What a policy variable stands in is for each caller another. */
export function grantedIn(document: string): string[] {
  const { Statement = [] } = JSON.parse(document) as Document;
  return [Statement]
    .flat()
    .flatMap(({ Effect, Resource = [] }) => (Effect === 'Allow' ? Resource : []))
    .filter((resource) => resource.startsWith('arn:') && !resource.includes('${'));
}
