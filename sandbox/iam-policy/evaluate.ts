/**
 * The policy evaluator: decides who is allowed what, as AWS does. A pure function over compiled policies; it knows
 * nothing about the calling account.
 *
 * Compile each document once with `parsePolicy` (or a `policyCache`), and evaluate as often as needed: an evaluation
 * allocates nothing but its result. Its sources, all under https://docs.aws.amazon.com/IAM/latest/UserGuide/:
 *
 * - reference_policies_evaluation-logic.html: order, same account and across accounts, boundary and session;
 * - reference_policies_elements_principal.html, _notprincipal.html: who is named, and what that means;
 * - reference_policies_elements_resource.html, _action.html, _notaction.html, _notresource.html: what is covered;
 * - reference_policies_elements_condition_operators.html, reference_policies_condition-logic-multiple-context-keys-or-values.html,
 *   reference_policies_condition-single-vs-multi-valued-context-keys.html: conditions;
 * - reference_policies_variables.html: policy variables.
 *
 * The caller provides the context keys, including `aws:PrincipalArn`, `aws:username` and `aws:CurrentTime`. Service and
 * resource control policies are not evaluated: a practice account has no organization.
 */
import type { AttachedPolicy, Decision, EvaluationRequest, MatchedStatement, PolicyKind } from './decision.ts';
import type { CompiledStatement } from './parse.ts';
import type { Naming } from './principal.ts';
import { RequestContext } from './request-context.ts';

/** The result of one kind of policy. */
interface Said {
  readonly kind: PolicyKind;
  readonly allows: MatchedStatement[];
  readonly denies: MatchedStatement[];
  /** The least limited way in which an allowing statement of a resource's policy names the caller. */
  naming: Naming | undefined;
}

const none: readonly AttachedPolicy[] = [];

/** Decides one request. Never throws, whatever the policies contain. */
export function evaluate(request: EvaluationRequest): Decision {
  const context = new RequestContext(request.context);
  const action = request.action.toLowerCase();
  const ask = (kind: PolicyKind, policies: readonly AttachedPolicy[]) => said(kind, policies, action, request, context);
  const trust = request.trustPolicy;
  const resource = ask(trust ? 'trust' : 'resource', trust ? [trust] : (request.resourcePolicies ?? none));
  const identity = ask('identity', request.identityPolicies);
  const boundary = request.permissionsBoundary ? ask('boundary', [request.permissionsBoundary]) : undefined;
  const session = request.sessionPolicies?.length ? ask('session', request.sessionPolicies) : undefined;

  const identityAllows = identity.allows.length > 0 || request.principal.type === 'root';
  const common = {
    allowedBy: {
      identity: identityAllows,
      resource: resource.naming !== undefined,
      ...(boundary === undefined ? undefined : { boundary: boundary.allows.length > 0 }),
      ...(session === undefined ? undefined : { session: session.allows.length > 0 }),
    },
    missingContext: context.missing(),
  };
  const answer = (decision: Decision['decision'], by: PolicyKind, statements: readonly MatchedStatement[]): Decision =>
    statements[0] === undefined
      ? { decision, by, statements, ...common }
      : { decision, by, statement: statements[0], statements, ...common };

  for (const one of [resource, identity, boundary, session]) {
    if (one !== undefined && one.denies.length > 0) return answer('explicitDeny', one.kind, one.denies);
  }

  // Services, web identities and strangers have no policies of their own: only the resource decides.
  if (!hasPolicies(request)) {
    return resource.naming === undefined
      ? answer('implicitDeny', resource.kind, [])
      : answer('allowed', resource.kind, resource.allows);
  }

  const sameAccount =
    request.resourceAccountId === undefined || request.resourceAccountId === request.principal.accountId;
  if (sameAccount && resource.naming === 'direct') return answer('allowed', resource.kind, resource.allows);
  // A trust policy must allow, and so must the other account's policy; otherwise one of the two is enough.
  if (resource.naming === undefined && trust) return answer('implicitDeny', 'trust', []);
  const byResource = sameAccount && resource.naming === 'role';
  if (!identityAllows && !byResource) return answer('implicitDeny', 'identity', []);
  if (boundary && boundary.allows.length === 0) return answer('implicitDeny', 'boundary', []);
  if (session && session.allows.length === 0) return answer('implicitDeny', 'session', []);
  if (!sameAccount && resource.naming === undefined) return answer('implicitDeny', 'resource', []);
  const by = identityAllows ? 'identity' : resource.kind;
  const counted = sameAccount && !byResource && !trust ? identity.allows : [...identity.allows, ...resource.allows];
  return answer('allowed', by, counted);
}

/** Returns every statement that applies to a request, of each kind of policy, whether it decided or not. */
export function matchedBy(request: EvaluationRequest): readonly MatchedStatement[] {
  const context = new RequestContext(request.context);
  const asked: ReadonlyArray<readonly [PolicyKind, readonly AttachedPolicy[]]> = [
    ['trust', request.trustPolicy ? [request.trustPolicy] : none],
    ['resource', request.resourcePolicies ?? none],
    ['identity', request.identityPolicies],
    ['boundary', request.permissionsBoundary ? [request.permissionsBoundary] : none],
    ['session', request.sessionPolicies ?? none],
  ];
  return asked.flatMap(([kind, policies]) => {
    const { allows, denies } = said(kind, policies, request.action.toLowerCase(), request, context);
    return [...denies, ...allows];
  });
}

function hasPolicies({ principal }: EvaluationRequest): boolean {
  return principal.type !== 'service' && principal.type !== 'web-identity' && principal.type !== 'anonymous';
}

function said(
  kind: PolicyKind,
  policies: readonly AttachedPolicy[],
  action: string,
  request: EvaluationRequest,
  context: RequestContext,
): Said {
  const said: Said = { kind, allows: [], denies: [], naming: undefined };
  for (const attached of policies) {
    for (const statement of attached.policy.statements) {
      const naming = applies(kind, statement, action, request, context);
      if (naming === undefined) continue;
      if (statement.effect === 'Deny') {
        said.denies.push(matched(kind, attached, statement));
      } else {
        said.allows.push(matched(kind, attached, statement));
        if (rank(naming) > rank(said.naming)) said.naming = naming;
      }
    }
  }
  return said;
}

/** Whether the statement applies, and for a resource's policy, how it names the caller. */
function applies(
  kind: PolicyKind,
  statement: CompiledStatement,
  action: string,
  request: EvaluationRequest,
  context: RequestContext,
): Naming | undefined {
  if (!statement.coversAction(action)) return undefined;
  const naming = named(kind, statement, request);
  if (naming === undefined) return undefined;
  if (statement.resourceKeys.length > 0) context.note(statement.resourceKeys);
  // Trust policies, and some services' resource policies, name no resource: it is the one they are attached to.
  if (statement.coversResource?.(request.resource, context) === false) return undefined;
  for (const condition of statement.conditions) context.note(condition.keys);
  for (const condition of statement.conditions) if (!condition.holds(context)) return undefined;
  return naming;
}

function named(kind: PolicyKind, statement: CompiledStatement, request: EvaluationRequest): Naming | undefined {
  if (kind === 'resource' || kind === 'trust') {
    return statement.principal?.(request.principal, request.permissionsBoundary !== undefined);
  }
  return statement.principal === undefined && statement.coversResource !== undefined ? 'direct' : undefined;
}

function rank(naming: Naming | undefined): number {
  return naming === undefined ? 0 : naming === 'account' ? 1 : naming === 'role' ? 2 : 3;
}

function matched(kind: PolicyKind, attached: AttachedPolicy, statement: CompiledStatement): MatchedStatement {
  return {
    kind,
    policyName: attached.name,
    policyArn: attached.arn,
    Sid: statement.sid,
    index: statement.index,
  };
}
