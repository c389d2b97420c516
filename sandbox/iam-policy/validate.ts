import { isObject } from './conditions.ts';
import { identityProblem } from './validate-identity.ts';
import { resourceProblem } from './validate-resource.ts';

/** Where a document is to be put: with a principal or as a boundary, as a role's trust policy, on a resource. */
export type DocumentKind = 'identity' | 'trust' | 'resource';

/**
 * What is wrong with a policy document, in AWS's words, or nothing. AWS reports one problem at a time, and so does
 * this: the first that AWS's own order of checks meets. The code that goes with it is MalformedPolicyDocument for
 * IAM; other services have their own.
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html; the wording is in no page of
 * AWS's, but in its answers.)
 */
export function validatePolicy(document: string, kind: DocumentKind): readonly string[] {
  const policy = parsed(document);
  const problem = kind === 'identity' ? identityProblem(policy) : resourceProblem(policy, kind);
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
