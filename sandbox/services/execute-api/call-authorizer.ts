import { momentKeys } from '../../authorization/global-context.ts';
import { AwsError } from '../../calls/errors.ts';
import { modestJson } from '../../protocols/modest-json.ts';
import type { AuthorizerEvent } from '../../trace/events.ts';
import { momentOf, publish, since } from '../../trace/publish.ts';
import { cut, withoutSecrets } from '../../trace/secrets.ts';
import { functionOf } from '../apigatewayv2/arn.ts';
import type { AuthorizerRecord, LiveRoute } from '../apigatewayv2/records.ts';
import { type Asking, decide } from './authorizer-policy.ts';
import { callFunction } from './call-function.ts';
import { authorizerEvent, connectContext, type Occasion } from './event.ts';
import type { Gateway } from './gateway.ts';
import type { Handshake } from './handshake.ts';
import { hasIdentity } from './identity-source.ts';
import { executeApiArn, type LiveStage } from './live.ts';
import { type ConnectionRecord, placeOf } from './records.ts';

/** Whether a connection is allowed, and the authorizer's data in its events. */
export type Authorization =
  | { readonly kind: 'allowed'; readonly authorizer: Readonly<Record<string, string | number>> }
  | {
      readonly kind: 'refused';
      readonly status: 401 | 403 | 500;
      readonly outcome: Exclude<AuthorizerEvent['outcome'], 'allowed'>;
      readonly principalId?: string;
      readonly problem?: string;
    };

/**
 * The longest answer of an authorizer, in bytes
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html).
 */
const longestAnswer = 8 * 1024;

/** An authorizer has the integration timeout, which can't be configured for it. */
const timeout = 29_000;

type Asked = Pick<
  Gateway,
  'store' | 'clock' | 'ids' | 'functions' | 'performAs' | 'callerPolicies' | 'weather' | 'say'
>;

interface Connecting {
  readonly record: ConnectionRecord;
  readonly handshake: Handshake;
  readonly occasion: Occasion;
}

/**
 * Calls the authorizer of `$connect`
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-lambda-auth.html).
 */
export async function callAuthorizer(
  gateway: Asked,
  live: LiveStage,
  { authorizer }: LiveRoute,
  connecting: Connecting,
): Promise<Authorization> {
  if (authorizer === undefined) return { kind: 'refused', status: 500, outcome: 'failed' };
  const began = momentOf(gateway.clock);
  const authorization = await authorize(gateway, live, authorizer, connecting);
  publish(
    gateway.clock,
    () => ({
      ...placeOf(connecting.record),
      trace: connecting.occasion.requestId,
      function: functionOf(authorizer.AuthorizerUri)?.split(':')[6] ?? '',
      kind: 'authorizer',
      name: authorizer.Name,
      identitySource: authorizer.IdentitySource,
      ...shownOf(authorization),
      cached: false,
      ms: since(began),
    }),
    began,
  );
  return authorization;
}

function shownOf(
  authorization: Authorization,
): Pick<AuthorizerEvent, 'outcome' | 'problem' | 'principalId' | 'context'> {
  if (authorization.kind === 'allowed') {
    const { principalId, integrationLatency, ...context } = authorization.authorizer;
    return { outcome: 'allowed', principalId: cut(withoutSecrets(String(principalId))), context: Object.keys(context) };
  }
  const { outcome, principalId, problem } = authorization;
  return { outcome, principalId: principalId && cut(withoutSecrets(principalId)), problem };
}

async function authorize(
  gateway: Asked,
  live: LiveStage,
  authorizer: AuthorizerRecord,
  { record, handshake, occasion }: Connecting,
): Promise<Authorization> {
  const parts = { ...handshake, context: connectContext(record, occasion) };
  if (!hasIdentity(authorizer.IdentitySource, parts)) {
    return { kind: 'refused', status: 401, outcome: 'missing identity' };
  }
  const methodArn = executeApiArn(live, `${record.apiId}/${record.stage}/$connect`);
  const began = gateway.clock.now().getTime();
  const called = await callFunction(
    gateway,
    live,
    {
      uri: authorizer.AuthorizerUri,
      credentialsArn: authorizer.AuthorizerCredentialsArn,
      sourceArn: executeApiArn(live, `${record.apiId}/authorizers/${authorizer.AuthorizerId}`),
      timeout,
    },
    authorizerEvent(record, methodArn, handshake, occasion),
  );
  if (called.kind === 'threw' && errorMessage(called.payload) === 'Unauthorized') {
    return { kind: 'refused', status: 401, outcome: 'unauthorized' };
  }
  if (called.kind !== 'returned') return { kind: 'refused', status: 500, outcome: 'failed' };
  const now = gateway.clock.now();
  const integrationLatency = now.getTime() - began;
  const context = { ...momentKeys(now), 'aws:SourceIp': handshake.sourceIp };
  try {
    return readAnswer(called.payload, { methodArn, context }, integrationLatency);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    gateway.say(`${describe(authorizer)} is invalid: ${error.message}`);
    return { kind: 'refused', status: 500, outcome: 'malformed', problem: error.message };
  }
}

function readAnswer(payload: string, asking: Omit<Asking, 'principalId'>, integrationLatency: number): Authorization {
  if (Buffer.byteLength(payload) > longestAnswer) throw malformed('it is longer than 8 KB');
  const answer = modestJson(payload) as Readonly<Record<string, unknown>> | null | undefined;
  const { principalId, policyDocument, context } = answer ?? {};
  if (typeof principalId !== 'string') throw malformed('it has no principalId');
  const decision = decide(policyDocument, { principalId, ...asking });
  if (decision === 'malformed') throw malformed('its policyDocument is not a policy');
  if (decision === 'denied') return { kind: 'refused', status: 403, outcome: 'denied', principalId };
  return { kind: 'allowed', authorizer: { principalId, ...readContext(context), integrationLatency } };
}

/** API Gateway passes on strings: numbers and booleans are converted, objects and lists are not allowed. */
function readContext(context: unknown): Record<string, string> {
  if (context === undefined || context === null) return {};
  if (typeof context !== 'object' || Array.isArray(context)) throw malformed('its context is not an object');
  const entries = Object.entries(context).filter(([, value]) => value !== null);
  const nested = entries.find(([, value]) => typeof value === 'object');
  if (nested !== undefined)
    throw malformed(`the value of ${nested[0]} in its context is not a string, number or boolean`);
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
}

function malformed(what: string): AwsError {
  return new AwsError('AuthorizerConfigurationException', what, 500);
}

function describe({ Name, AuthorizerId }: AuthorizerRecord): string {
  return `The answer of authorizer ${Name} (${AuthorizerId})`;
}

function errorMessage(payload: string): unknown {
  const error = modestJson(payload) as { errorMessage?: unknown } | null | undefined;
  return error?.errorMessage;
}
