import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { type Admission, admit, type Refusal } from './admit.ts';
import type { Gateway } from './gateway.ts';

// https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html
const longestMessage = 128 * 1024;

/** How long a client has to answer a close, in milliseconds. */
const closeTimeout = 2_000;

/** Turns sockets into WebSockets. */
export class Upgrader {
  readonly #subprotocols = new WeakMap<IncomingMessage, string>();
  readonly #server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: longestMessage,
    closeTimeout,
    // Only the protocol that `$connect` chose is accepted, and only if the client had offered it.
    handleProtocols: (offered, request) => {
      const chosen = this.#subprotocols.get(request);
      return chosen !== undefined && offered.has(chosen) ? chosen : false;
    },
  } as ConstructorParameters<typeof WebSocketServer>[0]);

  /** Decides about an upgrade request, and answers rejected ones. */
  async decide(gateway: Gateway, request: IncomingMessage, socket: Duplex): Promise<Admission> {
    const admission = await this.#admission(gateway, request).catch((error) => {
      refuseFailed(socket, error);
      throw error;
    });
    if (admission.kind === 'refused') refuse(socket, admission);
    return admission;
  }

  async #admission(gateway: Gateway, request: IncomingMessage): Promise<Admission> {
    return isHandshake(request) ? admit(gateway, request) : { kind: 'refused', status: 400, message: 'Bad Request' };
  }

  /** Sends 101; undefined if the client has gone meanwhile. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer, subprotocol?: string): WebSocket | undefined {
    if (subprotocol !== undefined) this.#subprotocols.set(request, subprotocol);
    let accepted: WebSocket | undefined;
    this.#server.handleUpgrade(request, socket, head, (webSocket) => {
      accepted = webSocket;
    });
    return accepted;
  }
}

/** Whether `ws` accepts the upgrade request: if not, it is rejected before any function is invoked. */
function isHandshake({ method, headers }: IncomingMessage): boolean {
  return (
    method === 'GET' &&
    headers.upgrade?.toLowerCase() === 'websocket' &&
    /^[+/0-9A-Za-z]{22}==$/.test(headers['sec-websocket-key'] ?? '') &&
    (headers['sec-websocket-version'] === '13' || headers['sec-websocket-version'] === '8')
  );
}

/** API Gateway's names for its rejections, in a header. */
const errorTypes: Readonly<Record<number, string>> = { 401: 'UnauthorizedException', 403: 'ForbiddenException' };

/** Answers a handshake with an HTTP status instead of 101. */
export function refuse(
  socket: Duplex,
  { status, message, body, connectionId, requestId }: Omit<Refusal, 'kind'>,
  headers: readonly string[] = [],
): void {
  const text = body ?? JSON.stringify({ message, connectionId, requestId });
  const errorType = errorTypes[status];
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(text)}`,
    ...(requestId === undefined ? [] : [`x-amzn-RequestId: ${requestId}`, `x-amz-apigw-id: ${requestId}`]),
    ...(requestId === undefined || errorType === undefined ? [] : [`x-amzn-ErrorType: ${errorType}`]),
    ...headers,
    'Connection: close',
  ];
  socket.end(`${lines.join('\r\n')}\r\n\r\n${text}`);
}

/** Answers a handshake at which the practice account itself failed. A header says why: the room isn't at fault. */
export function refuseFailed(socket: Duplex, error: unknown): void {
  const reason = error instanceof Error ? error.message : String(error);
  refuse(socket, { status: 500, message: 'Internal server error' }, [`X-Lab-Failure: ${encodeURIComponent(reason)}`]);
}
