import type { IncomingMessage } from 'node:http';
import { AwsError } from '../../calls/errors.ts';
import type { Correlation } from '../../trace/correlation.ts';
import type { HandshakeEvent } from '../../trace/events.ts';
import { publish } from '../../trace/publish.ts';
import type { LiveRoute } from '../apigatewayv2/records.ts';
import { readApiAddress } from './address.ts';
import { callAuthorizer } from './call-authorizer.ts';
import { connectEvent, domainName, type Occasion } from './event.ts';
import { type Gateway, gatewayId } from './gateway.ts';
import { type Handshake, readHandshake } from './handshake.ts';
import { callIntegration, type IntegrationOutcome } from './integration.ts';
import { type LiveStage, liveStage, scopeOfApi } from './live.ts';
import { mayConnect } from './may-connect.ts';
import { type ConnectionRecord, placeOf } from './records.ts';
import { logRequest } from './stage-logs/log-request.ts';
import { prepareForVisitors } from './visitors.ts';

/** Whether a handshake results in a connection. A rejection is an HTTP response. */
export type Admission =
  | {
      readonly kind: 'admitted';
      readonly record: ConnectionRecord;
      readonly subprotocol: string | undefined;
      readonly requestId: string;
    }
  | Refusal;

export interface Refusal {
  readonly kind: 'refused';
  readonly status: number;
  readonly message?: string;
  /** The body that `$connect` returned, instead of a message. */
  readonly body?: string;
  readonly connectionId?: string;
  readonly requestId?: string;
  /** The place of the rejection, if there is one. */
  readonly place?: Correlation;
}

/**
 * The longest URL, in characters: it contains the token, which grows with its user's groups
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html).
 */
const longestAddress = 4096;

/** Decides about an upgrade request: its address, the throttle, the authorizer, `$connect`, in this order. */
export async function admit(gateway: Gateway, request: IncomingMessage): Promise<Admission> {
  const { throttle, clock, ids } = gateway;
  const requestId = gatewayId(ids);
  const turnedAway = (status: number): Refusal => ({ ...refused(status), requestId });
  const [, path = '', query = ''] = /^([^?]*)(.*)$/s.exec(request.url ?? '') ?? [];
  const address = readApiAddress(path, request.headers.host);
  const seen = gateway.weather.seenBy('execute-api');
  const scope = address === undefined ? undefined : scopeOfApi(seen, address.apiId);
  const [stageName = '', ...rest] = address?.steps ?? [];
  if (address === undefined || scope === undefined || rest.length > 0) return turnedAway(403);
  const live = liveStage(seen, scope, address.apiId, stageName);
  if (live === undefined) return turnedAway(403);
  const { accountId, region, stage } = live;
  const host = domainName({ apiId: address.apiId, region });
  if (`wss://${host}/${stageName}${query}`.length > longestAddress) return turnedAway(414);
  const place = { account: accountId, region, api: address.apiId, stage: stageName };
  if (!throttle.admitsConnection(scope) || !throttle.admits(scope, stage, '$connect')) {
    return { ...turnedAway(429), place };
  }

  const occasion: Occasion = { requestId, at: clock.now() };
  const handshake = readHandshake(request, host, stage.StageVariables, { now: occasion.at, ids });
  const record: ConnectionRecord = {
    connectionId: gatewayId(ids),
    accountId,
    region,
    apiId: address.apiId,
    stage: stageName,
    connectedAt: occasion.at.getTime(),
    identity: {
      userAgent: handshake.userAgent,
      sourceIp: handshake.sourceIp,
    },
  };
  publish(clock, () => ({
    ...placeOf(record),
    trace: requestId,
    kind: 'handshake',
    asks: asks[live.snapshot.routes.$connect?.AuthorizationType ?? ''] ?? 'no route',
    query: Object.keys(handshake.query),
    ...(handshake.isProbe ? { isProbe: true as const } : {}),
  }));
  const admission = await connect(gateway, live, request, { record, handshake, occasion });
  const event = connectEvent(admission.kind === 'admitted' ? admission.record : record, handshake, occasion);
  if (admission.kind === 'admitted') {
    logRequest(gateway, live, { event, status: 200 });
    return admission;
  }
  logRequest(gateway, live, { event, status: admission.status, error: admission.message ?? 'Refused by $connect' });
  return { connectionId: record.connectionId, requestId, place, ...admission };
}

/** The authority over a connection, by the authorization type of `$connect`. */
const asks: Readonly<Record<string, HandshakeEvent['asks']>> = {
  NONE: 'nobody',
  CUSTOM: 'authorizer',
  AWS_IAM: 'iam',
};

interface Connecting {
  readonly record: ConnectionRecord;
  readonly handshake: Handshake;
  readonly occasion: Occasion;
}

async function connect(
  gateway: Gateway,
  live: LiveStage,
  request: IncomingMessage,
  connecting: Connecting,
): Promise<Admission> {
  const route = live.snapshot.routes.$connect;
  const { requestId } = connecting.occasion;
  const record = route === undefined ? connecting.record : await authorized(gateway, live, route, request, connecting);
  if ('kind' in record) return record;
  prepareForVisitors(gateway, live);
  if (route === undefined) return { kind: 'admitted', record, subprotocol: undefined, requestId };
  const { handshake, occasion } = connecting;
  const answer = await callIntegration(gateway, live, route, connectEvent(record, handshake, occasion));
  if (answer.kind !== 'answered') return refused(statuses[answer.kind]);
  if (answer.statusCode < 200 || answer.statusCode > 299) {
    const { statusCode: status, body } = answer;
    return body === undefined ? refused(status) : { kind: 'refused', status, body };
  }
  return { kind: 'admitted', record, subprotocol: answer.headers['sec-websocket-protocol'], requestId };
}

/** A missing permission is API Gateway's own failure; a failing function is a bad gateway. */
const statuses: Readonly<Record<Exclude<IntegrationOutcome['kind'], 'answered'>, number>> = {
  refused: 500,
  failed: 502,
  'timed out': 504,
};

/** The connection's record with the result of authorization, or the rejection. */
async function authorized(
  gateway: Gateway,
  live: LiveStage,
  route: LiveRoute,
  request: IncomingMessage,
  connecting: Connecting,
): Promise<ConnectionRecord | Refusal> {
  const { record } = connecting;
  if (route.AuthorizationType === 'NONE') return record;
  if (route.AuthorizationType === 'AWS_IAM') return signed(gateway, request, record);
  const authorization = await callAuthorizer(gateway, live, route, connecting);
  if (authorization.kind === 'refused') return refused(authorization.status);
  return { ...record, authorizer: authorization.authorizer };
}

function signed(gateway: Gateway, request: IncomingMessage, record: ConnectionRecord): ConnectionRecord | Refusal {
  try {
    const by = gateway.authenticate(request);
    if (by === undefined) return refused(403, 'Missing Authentication Token');
    if (by.caller.accountId !== record.accountId) return refused(403);
    const refusal = mayConnect(gateway, by.caller, record);
    if (refusal !== undefined) return refused(403, refusal);
    const { accountId, userId, arn } = by.caller;
    const { sourceIp, userAgent } = record.identity;
    const who = { accountId, accessKey: by.accessKeyId, caller: userId, user: userId, userArn: arn };
    return { ...record, identity: { ...who, userAgent, sourceIp } };
  } catch (error) {
    if (error instanceof AwsError) return refused(403, error.message);
    throw error;
  }
}

const messages: Readonly<Record<number, string>> = {
  401: 'Unauthorized',
  403: 'Forbidden',
  429: 'Too Many Requests',
  504: 'Endpoint request timed out',
};

function refused(status: number, message = messages[status] ?? 'Internal server error'): Refusal {
  return { kind: 'refused', status, message };
}
