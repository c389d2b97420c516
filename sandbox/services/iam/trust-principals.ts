import type { Call } from '../../calls/context.ts';
import { AwsError } from '../../calls/errors.ts';
import { requirePolicyDocument } from './policy-document.ts';
import { roles, users } from './records.ts';

/**
 * A role's trust policy, fit to be put. Throws MalformedPolicyDocument for what is none, and for one that names a
 * user or role that is not there
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html).
 */
export function requireTrustPolicy(text: string | undefined, call: Call<'store'>): string {
  const document = requirePolicyDocument(text, 'trust');
  const { Statement } = JSON.parse(document) as { Statement: Named | readonly Named[] };
  const missing = [Statement]
    .flat()
    .flatMap(namesOf)
    .find((name) => !isThere(name, call));
  if (missing === undefined) return document;
  throw new AwsError('MalformedPolicyDocument', `Invalid principal in policy: "AWS":"${missing}"`);
}

interface Named {
  readonly Principal?: '*' | { readonly AWS?: string | readonly string[] };
}

function namesOf({ Principal }: Named): readonly string[] {
  return typeof Principal === 'object' ? [Principal.AWS ?? []].flat() : [];
}

/** Accounts, sessions and unique ids are taken as they are: there may be such. */
function isThere(name: string, { store }: Call<'store'>): boolean {
  const [, accountId, kind, last = ''] = /^arn:[^:]+:iam::(\d{12}):(role|user)\/(?:.*\/)?([^/]+)$/.exec(name) ?? [];
  if (kind === undefined) return true;
  const scope = `${accountId}/global`;
  return (kind === 'role' ? roles.get(store, scope, last) : users.get(store, scope, last))?.Arn === name;
}
