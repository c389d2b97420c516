import type { AttachedPolicy, Decision, EvaluationRequest } from './decision.ts';
import { evaluate } from './evaluate.ts';
import { parsePolicy } from './parse.ts';
import type { RequestPrincipal } from './principal.ts';
import type { ContextKeys } from './request-context.ts';

// For the tests of this folder: policies, and requests that are evaluated with them.

export const docs = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/';
export const account = '111122223333';
export const user: RequestPrincipal = { type: 'user', accountId: account, arn: `arn:aws:iam::${account}:user/ann` };

export type Statement = Readonly<Record<string, unknown>>;

/** AWS's page, what the example shows, the statements, the action, the resource, the outcome, the context. */
export type Row = [string, string, Statement | Statement[], string, string, 'allowed' | 'deny' | 'none', ContextKeys?];

/** Returns a policy with these statements. */
export function policy(statements: Statement | readonly Statement[], Version = '2012-10-17'): AttachedPolicy {
  return { name: 'a-policy', policy: parsePolicy({ Version, Statement: statements }) };
}

/** Returns the decision about a request to read an object, unless it says otherwise. */
export function ask(request: Partial<EvaluationRequest>): Decision {
  return evaluate({
    principal: user,
    action: 's3:GetObject',
    resource: 'arn:aws:s3:::bucket/key',
    context: {},
    identityPolicies: [],
    ...request,
  });
}

/** Decisions in one word. */
export const short = { allowed: 'allowed', explicitDeny: 'deny', implicitDeny: 'none' } as const;

/** Returns the decision of a row's statements, in one word. */
export function decisionOf([, , statements, action, resource, , context = {}]: Row): Row[5] {
  return short[ask({ action, resource, context, identityPolicies: [policy(statements)] }).decision];
}

/** Returns a statement that allows an action. */
export function allow(Action: unknown, Resource: unknown = '*'): Statement {
  return { Effect: 'Allow', Action, Resource };
}
