import { isObject } from './conditions.ts';
import { identityProblem } from './validate-identity.ts';
import { resourceProblem } from './validate-resource.ts';

/** A document's intended use: a managed policy, an inline or session policy, a trust policy, a resource's policy. */
export type DocumentKind = 'identity' | 'inline' | 'trust' | 'resource';

/**
 * Returns what is wrong with a policy document, in AWS's words, or nothing. AWS reports one problem at a time, and so
 * does this: the first in AWS's own order of checks. The corresponding code is MalformedPolicyDocument for IAM; other
 * services have their own. (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html; the
 * wording isn't documented, but comes from AWS's responses.)
 */
export function validatePolicy(document: string, kind: DocumentKind): readonly string[] {
  const policy = parsed(document);
  const problem =
    kind === 'identity' || kind === 'inline' ? identityProblem(policy, kind) : resourceProblem(policy, kind);
  return problem === undefined ? [] : [problem];
}

function parsed(document: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const policy = JSON.parse(document) as unknown;
    return isObject(policy) ? policy : undefined;
  } catch {
    return undefined;
  }
}
