import type { Handshake } from './handshake.ts';
import type { ConnectionRecord } from './records.ts';

/** One request of a connection: its handshake, a message, its end. */
export interface Occasion {
  readonly requestId: string;
  readonly at: Date;
}

/** An event as functions get it. Its context says which path an invocation belongs to. */
export interface GatewayEvent {
  readonly [member: string]: unknown;
  readonly requestContext: {
    readonly requestId: string;
    readonly connectionId: string;
    readonly routeKey: string;
    readonly messageId?: string;
    readonly apiId: string;
    readonly stage: string;
  };
}

// The events of WebSocket APIs, with members in AWS's order
// (https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-integration-requests.html).

/** The event for `$connect`. */
export function connectEvent(record: ConnectionRecord, handshake: Handshake, occasion: Occasion): GatewayEvent {
  const { headers, multiValueHeaders, query, multiValueQuery, stageVariables } = handshake;
  return {
    headers,
    multiValueHeaders,
    ...(Object.keys(query).length === 0
      ? {}
      : { queryStringParameters: query, multiValueQueryStringParameters: multiValueQuery }),
    ...variables(stageVariables),
    requestContext: connectContext(record, occasion),
    isBase64Encoded: false,
  };
}

/** The event for a REQUEST authorizer. */
export function authorizerEvent(
  record: ConnectionRecord,
  methodArn: string,
  handshake: Handshake,
  occasion: Occasion,
): GatewayEvent {
  return {
    type: 'REQUEST',
    methodArn,
    headers: handshake.headers,
    multiValueHeaders: handshake.multiValueHeaders,
    queryStringParameters: handshake.query,
    multiValueQueryStringParameters: handshake.multiValueQuery,
    stageVariables: handshake.stageVariables,
    requestContext: connectContext(record, occasion),
  };
}

/** The event for a message's route. */
export function messageEvent(
  record: ConnectionRecord,
  message: { readonly routeKey: string; readonly messageId: string; readonly body: string },
  stageVariables: Readonly<Record<string, string>>,
  occasion: Occasion,
): GatewayEvent {
  const { routeKey, messageId, body } = message;
  return {
    ...variables(stageVariables),
    requestContext: context(record, occasion, { routeKey, messageId, eventType: 'MESSAGE' }),
    body,
    isBase64Encoded: false,
  };
}

/** The event for `$disconnect`. */
export function disconnectEvent(
  record: ConnectionRecord,
  ending: { readonly code: number; readonly reason: string },
  stageVariables: Readonly<Record<string, string>>,
  occasion: Occasion,
): GatewayEvent {
  const headers = { Host: domainName(record), 'x-api-key': '', 'X-Forwarded-For': '', 'x-restapi': '' };
  return {
    headers,
    multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    ...variables(stageVariables),
    requestContext: context(record, occasion, {
      routeKey: '$disconnect',
      disconnectStatusCode: ending.code,
      eventType: 'DISCONNECT',
      disconnectReason: ending.reason,
    }),
    isBase64Encoded: false,
  };
}

/** The API's host name on AWS, whatever address was used. */
export function domainName({ apiId, region }: Pick<ConnectionRecord, 'apiId' | 'region'>): string {
  return `${apiId}.execute-api.${region}.amazonaws.com`;
}

/** `requestContext` of a handshake. */
export function connectContext(record: ConnectionRecord, occasion: Occasion): Context & { routeKey: string } {
  return context(record, occasion, { routeKey: '$connect', eventType: 'CONNECT' });
}

type Context = Omit<GatewayEvent['requestContext'], 'routeKey'> & Readonly<Record<string, unknown>>;

function context<Own extends object>(record: ConnectionRecord, { requestId, at }: Occasion, own: Own): Context & Own {
  return {
    ...own,
    authorizer: record.authorizer,
    extendedRequestId: requestId,
    requestTime: requestTime(at),
    messageDirection: 'IN',
    stage: record.stage,
    connectedAt: record.connectedAt,
    requestTimeEpoch: at.getTime(),
    identity: record.identity,
    requestId,
    domainName: domainName(record),
    connectionId: record.connectionId,
    apiId: record.apiId,
  };
}

function variables(stageVariables: Readonly<Record<string, string>>): object {
  return Object.keys(stageVariables).length === 0 ? {} : { stageVariables };
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `09/Feb/2024:18:11:43 +0000` */
function requestTime(at: Date): string {
  const [date = '', time = ''] = at.toISOString().split('T');
  const [year, month, day] = date.split('-');
  return `${day}/${months[Number(month) - 1]}/${year}:${time.slice(0, 8)} +0000`;
}
