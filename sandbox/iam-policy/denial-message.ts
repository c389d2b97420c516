import type { Decision, PolicyKind } from './decision.ts';

const explicit: Readonly<Record<PolicyKind, string>> = {
  identity: 'an identity-based policy',
  resource: 'a resource-based policy',
  trust: 'the role trust policy',
  boundary: 'a permissions boundary',
  session: 'a session policy',
};

const implicit: Readonly<Record<PolicyKind, string>> = {
  identity: 'identity-based policy',
  resource: 'resource-based policy',
  trust: 'role trust policy',
  boundary: 'permissions boundary',
  session: 'session policy',
};

/**
 * AWS's wording of a denial (https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html). Without
 * a resource, the message names none: some services leave it out.
 */
export function denialMessage(denial: {
  readonly principalArn: string;
  readonly action: string;
  readonly resource?: string;
  readonly decision: Pick<Decision, 'decision' | 'by'>;
}): string {
  const { principalArn, action, resource, decision } = denial;
  const on = resource === undefined ? '' : ` on resource: ${resource}`;
  const why =
    decision.decision === 'explicitDeny'
      ? `with an explicit deny in ${explicit[decision.by]}`
      : `because no ${implicit[decision.by]} allows the ${action} action`;
  return `User: ${principalArn} is not authorized to perform: ${action}${on} ${why}`;
}
