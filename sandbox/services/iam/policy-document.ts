import { AwsError } from '../../calls/errors.ts';
import { validatePolicy } from '../../iam-policy/validate.ts';

/** A policy's purpose: permissions, inline or managed, or trust. */
export type PolicyKind = 'inline' | 'managed' | 'trust';

/**
 * Throws MalformedPolicyDocument for an invalid policy
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html).
 */
export function requirePolicyDocument(text: string | undefined, kind: PolicyKind): string {
  const [problem] = validatePolicy(text ?? '', kind === 'managed' ? 'identity' : kind);
  if (problem !== undefined) throw new AwsError('MalformedPolicyDocument', problem);
  requireSize(text ?? '', kind);
  return text ?? '';
}

/** Inline policies have a separate quota for the total of one role or user. */
function requireSize(text: string, kind: PolicyKind): void {
  const size = text.replace(/\s/g, '').length;
  if (kind === 'trust' && size > 2048) {
    throw new AwsError('LimitExceeded', 'Cannot exceed quota for ACLSizePerRole: 2048', 409);
  }
  if (kind === 'managed' && size > 6144) {
    throw new AwsError('LimitExceeded', 'Cannot exceed quota for PolicySize: 6144', 409);
  }
}

/** A policy in responses: percent-encoded (RFC 3986). */
export function encodeDocument(document: string): string {
  return encodeURIComponent(document).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
