import { AwsError } from '../../calls/errors.ts';
import { evaluate } from '../../iam-policy/evaluate.ts';
import type { Correlation } from '../../trace/correlation.ts';
import { traced } from '../../trace/decision.ts';
import type { PermissionEvent } from '../../trace/events.ts';
import { publish } from '../../trace/publish.ts';
import { functionOf } from '../apigatewayv2/arn.ts';
import { functions as records } from '../lambda/records.ts';
import { serviceInvocation } from '../lambda/resource-policy.ts';
import { assumedRole } from '../sts/assumed-role.ts';
import type { GatewayEvent } from './event.ts';
import type { Gateway } from './gateway.ts';
import type { LiveStage } from './live.ts';
import { assumableRole } from './role.ts';

type Invoking = Pick<Gateway, 'store' | 'clock' | 'ids' | 'functions' | 'performAs' | 'callerPolicies' | 'weather'>;

/** A function, as an integration or an authorizer refers to it. */
export interface FunctionTarget {
  /** `arn:aws:apigateway:…/functions/<arn>/invocations`, optionally with `${stageVariables.x}`. */
  readonly uri: string | undefined;
  /** The role that invokes it; without one, the function's resource policy decides. */
  readonly credentialsArn: string | undefined;
  /** The route on whose behalf it is called: `arn:aws:execute-api:…:a1b2c3/prod/$connect`. */
  readonly sourceArn: string;
  /** Milliseconds. */
  readonly timeout: number;
  /** Whether the answer is ignored. */
  readonly nobodyWaits?: boolean;
}

/** The result of calling a function. `refused`: it may not be invoked, or doesn't exist. */
export type Called =
  | { readonly kind: 'returned'; readonly payload: string }
  | { readonly kind: 'threw'; readonly payload: string }
  | { readonly kind: 'refused' }
  | { readonly kind: 'timed out' };

/** Invokes a function with an event, if API Gateway is allowed to. */
export async function callFunction(
  gateway: Invoking,
  live: LiveStage,
  target: FunctionTarget,
  event: GatewayEvent,
): Promise<Called> {
  const functionArn = functionOf(target.uri, live.stage.StageVariables);
  if (functionArn === undefined) return { kind: 'refused' };
  const payload = JSON.stringify(event);
  const { credentialsArn } = target;
  const invocation =
    credentialsArn === undefined
      ? invoke(gateway, live, target, functionArn, payload, event)
      : invokeAs(gateway, live, target, functionArn, payload, event);
  return withTimeout(invocation.catch(refusal), target.timeout);
}

/** Invokes as API Gateway itself, if the function's resource policy allows it. */
async function invoke(
  { clock, ids, functions, callerPolicies, weather }: Invoking,
  live: LiveStage,
  { sourceArn, nobodyWaits = false }: FunctionTarget,
  functionArn: string,
  payload: string,
  event: GatewayEvent,
): Promise<Called> {
  const [, , , region, accountId, , name = ''] = functionArn.split(':');
  // A permission takes a while to reach API Gateway.
  const record = records.get(weather.seenBy('execute-api'), `${accountId}/${region}`, name);
  const service = 'apigateway.amazonaws.com';
  const sourceAccount = live.accountId;
  const requestId = ids.uuid();
  const asked = (outcome: Pick<PermissionEvent, 'allowed' | 'problem' | 'decision'>) =>
    publish(clock, () => ({
      ...placeOf(live, functionArn, event),
      requestId,
      ...permission(sourceArn, event),
      ...outcome,
    }));
  if (record === undefined) {
    asked({ allowed: false, problem: 'no such function' });
    return { kind: 'refused' };
  }
  const request = serviceInvocation(record, { service, functionArn, sourceArn, sourceAccount }, callerPolicies);
  const decision = evaluate(request);
  const allowed = decision.decision === 'allowed';
  asked({ allowed, decision: traced(request, decision) });
  if (!allowed) return { kind: 'refused' };
  const { payload: answer, functionError } = await functions.invoke({ functionArn, payload, nobodyWaits, requestId });
  return { kind: functionError === undefined ? 'returned' : 'threw', payload: answer };
}

/** Invokes as a session of a role, if the role trusts API Gateway; its permissions are evaluated as for any caller. */
async function invokeAs(
  { store, clock, ids, performAs }: Invoking,
  live: LiveStage,
  { sourceArn, credentialsArn: roleArn = '' }: FunctionTarget,
  functionArn: string,
  payload: string,
  event: GatewayEvent,
): Promise<Called> {
  const role = assumableRole(store, roleArn, live.accountId);
  const requestId = ids.uuid();
  const asked = (outcome: Pick<PermissionEvent, 'allowed' | 'problem' | 'decision'>) =>
    publish(clock, () => ({
      ...placeOf(live, functionArn, event),
      requestId,
      ...permission(sourceArn, event),
      role: roleArn,
      ...outcome,
    }));
  if (role === undefined) {
    asked({ allowed: false, problem: 'no such role' });
    return { kind: 'refused' };
  }
  const perform = performAs(assumedRole(role, 'BackplaneAssumeRoleSession'), live.region);
  const { Payload = '', FunctionError } = await perform<{ Payload?: string; FunctionError?: string }>(
    'lambda',
    'Invoke',
    { FunctionName: functionArn, Payload: Buffer.from(payload) },
    {
      requestId,
      onDecided: (request, decision) =>
        asked({ allowed: decision.decision === 'allowed', decision: traced(request, decision) }),
    },
  );
  return { kind: FunctionError === undefined ? 'returned' : 'threw', payload: Payload };
}

/** Returns the path that an event about an API's function belongs to. */
function placeOf({ accountId, region }: LiveStage, functionArn: string, { requestContext }: GatewayEvent): Correlation {
  const { requestId: trace, connectionId, messageId, apiId, stage } = requestContext;
  return {
    account: accountId,
    region,
    trace,
    connectionId,
    messageId,
    api: apiId,
    stage,
    function: functionArn.split(':')[6] ?? '',
  };
}

function permission(
  sourceArn: string,
  { requestContext }: GatewayEvent,
): Pick<PermissionEvent, 'kind' | 'routeKey' | 'sourceArn'> {
  return { kind: 'permission', routeKey: requestContext.routeKey, sourceArn };
}

function refusal(error: unknown): Called {
  if (error instanceof AwsError) return { kind: 'refused' };
  throw error;
}

async function withTimeout(call: Promise<Called>, milliseconds: number): Promise<Called> {
  let timer: NodeJS.Timeout | undefined;
  const timedOut = new Promise<Called>((resolve) => {
    timer = setTimeout(resolve, milliseconds, { kind: 'timed out' });
  });
  try {
    return await Promise.race([call, timedOut]);
  } finally {
    clearTimeout(timer);
  }
}
