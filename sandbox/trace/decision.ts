import type { AttachedPolicy, Decision, EvaluationRequest, MatchedStatement } from '../iam-policy/decision.ts';
import { matchedBy } from '../iam-policy/evaluate.ts';
import type { AskedPolicy, PolicyKind, TracedDecision, TracedStatement } from './traced-decision.ts';

/**
 * Returns a decision for an event: with every evaluated policy, and its result. It is computed when the event is sent,
 * because most events are never read.
 */
export function traced(request: EvaluationRequest, decision: Decision): TracedDecision {
  return { toJSON: () => worked(request, decision) } as object as TracedDecision;
}

function worked(request: EvaluationRequest, decision: Decision): TracedDecision {
  const matched = matchedBy(request);
  const said = (kind: PolicyKind, policies: readonly AttachedPolicy[] = []) =>
    policies.map((attached) => saidBy(kind, attached, matched));
  return {
    principal: request.principal.arn,
    action: request.action,
    resource: request.resource,
    decision: decision.decision,
    by: decision.by,
    statement: decision.statement && statementOf(decision.statement),
    asked: [
      ...said('identity', request.identityPolicies),
      ...said('boundary', request.permissionsBoundary && [request.permissionsBoundary]),
      ...said('session', request.sessionPolicies),
      ...said('resource', request.resourcePolicies),
      ...said('trust', request.trustPolicy && [request.trustPolicy]),
    ],
    missingContext: decision.missingContext,
  };
}

function statementOf({ kind, policyName, policyArn, Sid, index }: MatchedStatement): TracedStatement {
  return { kind, policy: policyName ?? policyArn, index, sid: Sid };
}

function saidBy(
  kind: PolicyKind,
  { policy, name, arn }: AttachedPolicy,
  matched: readonly MatchedStatement[],
): AskedPolicy {
  const own = matched.filter((one) => one.kind === kind && one.policyName === name && one.policyArn === arn);
  const places = (effect: 'Allow' | 'Deny') =>
    own
      .map(({ index }) => index)
      .filter((at) => policy.statements.find(({ index }) => index === at)?.effect === effect);
  const [denies, allows] = [places('Deny'), places('Allow')];
  return {
    kind,
    policy: name,
    arn,
    said: denies.length > 0 ? 'deny' : allows.length > 0 ? 'allow' : 'nothing',
    statements: policy.statements.length,
    matched: denies.length > 0 ? denies : allows,
  };
}
