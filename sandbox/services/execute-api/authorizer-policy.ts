import { evaluate } from '../../iam-policy/evaluate.ts';
import { parsePolicy } from '../../iam-policy/parse.ts';
import type { ContextKeys } from '../../iam-policy/request-context.ts';

/** The decision of an authorizer's policy about a connection. */
export type Decision = 'allowed' | 'denied' | 'malformed';

/** The request for a connection: the principal, as the authorizer named it, and the ARN. */
export interface Asking {
  readonly principalId: string;
  /** `arn:aws:execute-api:us-east-1:111122223333:abc/prod/$connect` */
  readonly methodArn: string;
  readonly context: ContextKeys;
}

/**
 * Whether a policy that an authorizer returned allows the caller to invoke `methodArn`. A deny overrides every allow,
 * and anything that no statement matches is denied
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-lambda-authorizer-output.html).
 */
export function decide(document: unknown, { principalId, methodArn, context }: Asking): Decision {
  if (typeof document !== 'object' || document === null || !('Statement' in document)) return 'malformed';
  if (!list(document.Statement).every(isWhole)) return 'malformed';
  const { decision } = evaluate({
    principal: { type: 'user', arn: principalId },
    action: 'execute-api:Invoke',
    resource: methodArn,
    context,
    identityPolicies: [{ policy: parsePolicy(document, { ofIam: false }) }],
  });
  return decision === 'allowed' ? 'allowed' : 'denied';
}

function isWhole(statement: unknown): boolean {
  if (typeof statement !== 'object' || statement === null) return false;
  const { Effect, Action, NotAction, Resource, NotResource } = statement as Readonly<Record<string, unknown>>;
  return (Effect === 'Allow' || Effect === 'Deny') && isOneOf(Action, NotAction) && isOneOf(Resource, NotResource);
}

/** Strings in exactly one of two elements. */
function isOneOf(element: unknown, negated: unknown): boolean {
  return (
    (element === undefined) !== (negated === undefined) &&
    list(element ?? negated).every((item) => typeof item === 'string')
  );
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value];
}
