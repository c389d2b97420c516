import type { SimulateCustomPolicyRequest } from '@aws-sdk/client-iam';
import type { Call } from '../../../calls/context.ts';
import { AwsError } from '../../../calls/errors.ts';
import type { AttachedPolicy } from '../../../iam-policy/decision.ts';
import { parsePolicy } from '../../../iam-policy/parse.ts';
import { noSuchEntity } from '../naming.ts';
import { findPolicy } from '../policy.ts';
import { type RoleRecord, roles, type UserRecord, users } from '../records.ts';

/** A policy of a simulation: its text, and its name in responses. */
export interface Source {
  readonly id: string;
  readonly text: string;
  readonly attached: AttachedPolicy;
}

function sourceOf(id: string, text: string): Source {
  return { id, text, attached: { name: id, policy: parsePolicy(text) } };
}

/** A request's policies, named `PolicyInputList.1` and so on. Throws InvalidInput for invalid ones. */
export function givenSources(member: string, texts: readonly string[] | undefined): readonly Source[] {
  return listOf(texts).map((text, index) => {
    requirePolicy(text);
    return sourceOf(`${member}.${index + 1}`, text);
  });
}

/**
 * The single policy that a request can have as a boundary or resource policy. Throws InvalidInput for more: "You can
 * specify only one permissions boundary"
 * (https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulateCustomPolicy.html).
 */
export function givenSource(member: string, texts: readonly string[] | undefined): Source | undefined {
  const [only, ...more] = givenSources(member, texts);
  if (more.length === 0) return only;
  throw new AwsError('InvalidInput', `Invalid Input ${member}: there can be one policy only.`);
}

/** Throws InvalidInput if a resource policy needs a simulated caller and there is none, or if it isn't an IAM user. */
export function requireCaller(
  { CallerArn, ResourcePolicy }: Pick<SimulateCustomPolicyRequest, 'CallerArn' | 'ResourcePolicy'>,
  simulated?: Entity,
): void {
  if (CallerArn === undefined && ResourcePolicy !== undefined && simulated?.type !== 'user') {
    throw new AwsError('InvalidInput', 'CallerArn must be provided with a ResourcePolicy, unless a user is simulated.');
  }
  if (CallerArn !== undefined && !/^arn:[^:]+:iam::\d{12}:user\/./.test(CallerArn)) {
    throw new AwsError('InvalidInput', `Invalid Input CallerArn: ${CallerArn} is not the ARN of an IAM user.`);
  }
}

/** A simulated policy needn't be valid for storing, but it must be a policy. */
function requirePolicy(text: string): void {
  try {
    const policy = JSON.parse(text) as unknown;
    if (typeof policy === 'object' && policy !== null && 'Statement' in policy) return;
  } catch {
    // Invalid JSON isn't a policy.
  }
  throw new AwsError('InvalidInput', 'Invalid Input Policy: Syntax errors in policy.');
}

/** A user or role whose policies are simulated. */
export interface Entity {
  readonly type: 'user' | 'assumed-role';
  readonly record: UserRecord | RoleRecord;
  readonly identity: readonly Source[];
  readonly boundary: Source | undefined;
}

/** The user or role with an ARN, in the caller's account. Throws NoSuchEntity, InvalidInput. */
export function entityOf(arn: string, call: Call<'store'>): Entity {
  const [, accountId, kind, name = ''] =
    /^arn:[^:]+:iam::(\d{12}):(user|role|group)\/(?:.*\/)?([^/]+)$/.exec(arn) ?? [];
  if (kind === undefined) {
    throw new AwsError('InvalidInput', `Invalid Entity Arn: ${arn} does not clearly define entity type and name.`);
  }
  const scope = `${call.accountId}/global`;
  const found = kind === 'user' ? users.get(call.store, scope, name) : roles.get(call.store, scope, name);
  if (kind === 'group' || found === undefined || accountId !== call.accountId) {
    throw noSuchEntity(`The ${kind} with name ${name} cannot be found.`);
  }
  const inline = Object.entries(found.inline).map(([policy, text]) => sourceOf(`${kind}_${name}_${policy}`, text));
  const managed = found.attached.map((policy) => managedSource(policy, call));
  return {
    type: kind === 'user' ? 'user' : 'assumed-role',
    record: found,
    identity: [...inline, ...managed],
    boundary: found.PermissionsBoundary === undefined ? undefined : managedSource(found.PermissionsBoundary, call),
  };
}

function managedSource(arn: string, call: Call<'store'>): Source {
  const policy = findPolicy(arn, call);
  const version = policy?.versions.find(({ VersionId }) => VersionId === policy.DefaultVersionId);
  return sourceOf(policy?.PolicyName ?? arn, version?.Document ?? '{}');
}

/** A list in the query protocol: an empty one is an empty string. */
export function listOf<T>(list: readonly T[] | undefined): readonly T[] {
  return Array.isArray(list) ? list : [];
}
