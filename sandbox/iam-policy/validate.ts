import { isObject } from './conditions.ts';
import { identityProblem } from './validate-identity.ts';
import { resourceProblem } from './validate-resource.ts';

/** What a document is to be: a managed policy, a policy inline or of a session, a trust policy, a resource's policy. */
export type DocumentKind = 'identity' | 'inline' | 'trust' | 'resource';

/**
 * What is wrong with a policy document, in AWS's words, or nothing. AWS reports one problem at a time, and so does
 * this: the first that AWS's own order of checks meets. The code that goes with it is MalformedPolicyDocument for
 * IAM; other services have their own.
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html; the wording is in no page of
 * AWS's, but in its answers.)
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
