import type { Call } from '../../calls/context.ts';
import { AwsError } from '../../calls/errors.ts';
import { requirePolicyDocument } from './policy-document.ts';
import { principalIds, withIds } from './principal-ids.ts';
import { type RoleRecord, roles, users } from './records.ts';

/**
 * Returns a role's validated trust policy. Throws MalformedPolicyDocument for an invalid one, and for one that names a
 * nonexistent user or role
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html).
 */
export function requireTrustPolicy(
  text: string | undefined,
  call: Call<'store'>,
): Pick<RoleRecord, 'AssumeRolePolicyDocument' | 'trustedIds'> {
  const document = requirePolicyDocument(text, 'trust');
  const { Statement } = JSON.parse(document) as { Statement: Named | readonly Named[] };
  const missing = [Statement]
    .flat()
    .flatMap(namesOf)
    .find((name) => !isThere(name, call));
  if (missing === undefined) {
    return { AssumeRolePolicyDocument: document, trustedIds: principalIds({ Statement }, call.store) };
  }
  throw new AwsError('MalformedPolicyDocument', `Invalid principal in policy: "AWS":"${missing}"`);
}

interface Named {
  readonly Principal?: '*' | { readonly AWS?: string | readonly string[] };
}

function namesOf({ Principal }: Named): readonly string[] {
  return typeof Principal === 'object' ? [Principal.AWS ?? []].flat() : [];
}

/** Returns a role's current trust policy: principals that were deleted since appear with their unique ids. */
export function trustPolicyOf(
  { AssumeRolePolicyDocument, trustedIds }: Pick<RoleRecord, 'AssumeRolePolicyDocument' | 'trustedIds'>,
  store: Call<'store'>['store'],
): string {
  if (trustedIds === undefined || Object.keys(trustedIds).length === 0) return AssumeRolePolicyDocument;
  const policy = JSON.parse(AssumeRolePolicyDocument) as { Statement: unknown };
  const now = withIds(policy, trustedIds, store);
  return now === policy ? AssumeRolePolicyDocument : JSON.stringify(now);
}

/** Accounts, sessions and unique ids are accepted unchecked: they may exist. */
function isThere(name: string, { store }: Call<'store'>): boolean {
  const [, accountId, kind, last = ''] = /^arn:[^:]+:iam::(\d{12}):(role|user)\/(?:.*\/)?([^/]+)$/.exec(name) ?? [];
  if (kind === undefined) return true;
  const scope = `${accountId}/global`;
  return (kind === 'role' ? roles.get(store, scope, last) : users.get(store, scope, last))?.Arn === name;
}
