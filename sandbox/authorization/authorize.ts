import type { Caller } from '../calls/caller.ts';
import type { Call } from '../calls/context.ts';
import type { AnyOperation, Need, Service } from '../calls/operation.ts';
import type { AttachedPolicy, Decision, EvaluationRequest } from '../iam-policy/decision.ts';
import { evaluate } from '../iam-policy/evaluate.ts';
import type { RequestPrincipal } from '../iam-policy/principal.ts';
import type { ContextKeys } from '../iam-policy/request-context.ts';
import { refusal } from '../sigv4/refusal.ts';
import { accessDenied } from './access-denied.ts';
import type { PoliciesOfCaller } from './caller-policies.ts';
import { globalContext, resourceAccountOf } from './global-context.ts';

/** The part of a request that matters for authorization. */
export interface Authorization {
  readonly service: Service;
  readonly name: string;
  readonly operation: AnyOperation;
  readonly input: object;
  /** Gets each decision. */
  readonly onDecided?: OnDecided | undefined;
}

/** Gets the question and the decision. */
export type OnDecided = (request: EvaluationRequest, decision: Decision) => void;

/**
 * Throws the service's error if the caller isn't allowed this, or if its user or role no longer exists. If no policy
 * has a condition, everything is decided synchronously and nothing is returned; otherwise the result may be a promise
 * that rejects with that error.
 */
export function authorize(request: Authorization, call: Call): Promise<void> | undefined {
  const { operation, service, onDecided } = request;
  const { caller } = call;
  const own = call.callerPolicies.seeing(call.weather.seenBy(service.name)).of(caller);
  // Without MFA, GetSessionToken's credentials don't work with IAM.
  const isBareSession = caller.type === 'user' && caller.session !== undefined;
  if (own === undefined || (isBareSession && service.name === 'iam')) throw refusal('unknownKey', service);
  if (operation.needsNoPermission || operation.unsigned !== undefined) return undefined;
  const needs = needsOf(request, call);
  const attached = resourcePolicyOf(request, call);
  if (asksContext(own, attached)) return decideInContext(request, call, { needs, own, attached });
  for (const need of needs) settle(service, caller, need, decide(caller, own, need, attached, {}, onDecided));
  return undefined;
}

/** Returns the permissions that the caller needs, starting with the operation's own action on each of the resources. */
function needsOf({ service, name, operation, input }: Authorization, call: Call): readonly Need[] {
  const also = operation.alsoNeeds?.(input as never, call) ?? [];
  const named = operation.resource?.(input as never, call);
  if (named === undefined) return also;
  const action = operation.action ?? `${service.actionPrefix ?? service.name}:${name}`;
  const resources = typeof named === 'string' ? [named] : named.length === 0 ? ['*'] : named;
  return [...resources.map((resource) => ({ action, resource })), ...also];
}

interface Attached {
  readonly kind: 'resource' | 'trust';
  readonly policy: AttachedPolicy;
}

function resourcePolicyOf({ operation, input }: Authorization, call: Call): Attached | undefined {
  const found = operation.resourcePolicy?.(input as never, call);
  return found && { kind: found.kind, policy: { policy: call.callerPolicies.compiled(found.document) } };
}

/** Whether any of the policies has a condition or a variable: most have none, and then no context is needed. */
function asksContext(own: PoliciesOfCaller, attached: Attached | undefined): boolean {
  const asks = ({ policy }: AttachedPolicy) => policy.contextKeys.length > 0;
  return (
    own.identity.some(asks) ||
    (own.boundary !== undefined && asks(own.boundary)) ||
    (own.session?.some(asks) ?? false) ||
    (attached !== undefined && asks(attached.policy))
  );
}

async function decideInContext(
  { service, operation, input, onDecided }: Authorization,
  call: Call,
  {
    needs,
    own,
    attached,
  }: { readonly needs: readonly Need[]; readonly own: PoliciesOfCaller; readonly attached: Attached | undefined },
): Promise<void> {
  for (const need of needs) {
    const { resource } = need;
    const given = typeof need.context === 'function' ? await need.context() : need.context;
    const context = {
      ...globalContext({
        caller: call.caller,
        region: call.region,
        via: call.via,
        now: call.clock.now(),
        principalTags: own.tags,
        resourceTags: service.tagsOf?.(resource, call),
        resourceTagKey: service.resourceTagKey,
        resourceAccount: resourceAccountOf(resource, call),
        input,
      }),
      ...service.context?.(input, call),
      ...(given ?? (await operation.context?.(input as never, call, resource))),
    };
    settle(service, call.caller, need, decide(call.caller, own, need, attached, context, onDecided));
  }
}

function decide(
  caller: Caller,
  own: PoliciesOfCaller,
  { action, resource }: Need,
  attached: Attached | undefined,
  context: ContextKeys,
  onDecided?: OnDecided,
): Decision {
  const request: EvaluationRequest = {
    principal: principalOf(caller),
    action,
    resource,
    resourceAccountId: resourceAccountOf(resource, caller),
    context,
    identityPolicies: own.identity,
    permissionsBoundary: own.boundary,
    sessionPolicies: own.session,
    ...(attached?.kind === 'trust' ? { trustPolicy: attached.policy } : {}),
    ...(attached?.kind === 'resource' ? { resourcePolicies: [attached.policy] } : {}),
  };
  const decision = evaluate(request);
  onDecided?.(request, decision);
  return decision;
}

function settle(service: Service, { arn: principalArn }: Caller, need: Need, decision: Decision): void {
  if (decision.decision === 'allowed') return;
  throw accessDenied(service, { principalArn, action: need.action, resource: need.resource, decision });
}

/**
 * Returns the decision of a caller's own policies about an action, for services that authorize outside of their
 * operations; undefined if the user or role no longer exists.
 */
export function decideFor(
  caller: Caller,
  need: Omit<Need, 'context'> & { readonly context?: ContextKeys },
  world: Pick<Call, 'callerPolicies' | 'clock' | 'region' | 'via'>,
): Decision | undefined {
  const own = world.callerPolicies.of(caller);
  if (own === undefined) return undefined;
  const context = asksContext(own, undefined)
    ? {
        ...globalContext({
          caller,
          region: world.region,
          via: world.via,
          now: world.clock.now(),
          principalTags: own.tags,
          resourceTags: undefined,
          resourceAccount: resourceAccountOf(need.resource, caller),
          input: {},
        }),
        ...need.context,
      }
    : {};
  return decide(caller, own, need, undefined, context);
}

function principalOf({ arn, accountId, type, roleArn }: Caller): RequestPrincipal {
  return roleArn === undefined ? { arn, accountId, type } : { arn, accountId, type, roleArn };
}
