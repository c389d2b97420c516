import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { UnsupportedCalls } from '../account/unsupported-calls.ts';
import type { World } from '../calls/context.ts';
import { ResetError } from '../calls/errors.ts';
import type { HttpResponse, Service } from '../calls/operation.ts';
import type { Authenticator } from '../sigv4/authenticate.ts';
import { answer, stack } from './answer.ts';
import { type Control, controlPath } from './control.ts';
import { forbidden, type Guard } from './guard.ts';
import type { KeptConnections } from './kept-connections.ts';
import { asksForLink, serveLink } from './link.ts';
import { headOf, receive } from './receive.ts';
import { isExecuteApi, route } from './route.ts';
import { answerUnreadable, badRequest, type ReadingError, refused, repeatsHeader } from './unreadable.ts';

export interface ServerParts {
  readonly world: World;
  readonly services: Readonly<Record<string, Service>>;
  readonly guard: Guard;
  readonly authenticator: Authenticator;
  readonly control: Control;
  readonly kept: KeptConnections;
  /** The connections on which functions make their calls. Closing the server doesn't end them. */
  readonly links: Set<Duplex>;
  readonly unsupported: UnsupportedCalls;
  /** The region of unsigned calls without one. */
  readonly region: string;
}

/** The HTTP server of a practice account, not yet listening: guard, route, authenticate, perform, respond. */
export function createAccountServer(parts: ServerParts): Server {
  /**
   * The last request of each connection: unreadable bytes after it belong to its body, or come from the same client.
   */
  const asked = new WeakMap<Duplex, IncomingMessage>();
  const { kept } = parts;
  // The guard rejects requests without a Host header: Node would do so without a message.
  const server = createServer({ requireHostHeader: false }, (request, response) => {
    asked.set(request.socket, request);
    const exchange = { incoming: request, response, connection: kept.admit(request, response) };
    handle(exchange, parts).catch((error) => {
      // Errors in one request end only that request.
      if (error instanceof ResetError) return void request.socket.resetAndDestroy();
      parts.world.say(`The practice account failed at ${request.method} ${request.url}: ${stack(error)}`);
      if (response.headersSent) response.destroy();
      else response.writeHead(500, exchange.connection).end();
    });
  });
  kept.guard(server);
  let isReady = false;
  void parts.world.ready.then(() => {
    isReady = true;
  });
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    const reason = repeatsHeader(request) ? 'A header is repeated.' : parts.guard.refuse(request);
    if (reason === undefined && asksForLink(request)) return serveLink(socket, head, parts);
    // As if nothing listened yet: Node.js wouldn't close it at the end of a start that fails.
    if (!isReady) return socket.destroy();
    if (
      reason !== undefined ||
      !isExecuteApi({ path: request.url ?? '', headers: { host: request.headers.host ?? '' } })
    ) {
      const { body } = forbidden(reason ?? 'There is no WebSocket at this address.');
      socket.end(
        `HTTP/1.1 403 Forbidden\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
      );
      return;
    }
    parts.world.sockets.upgrade(request, socket, head);
  });
  server.on('clientError', (error: ReadingError, socket) => {
    const { services, world } = parts;
    answerUnreadable(error, socket, { asked: asked.get(socket), services, requestId: world.ids.uuid() });
  });
  return server;
}

interface Exchange {
  readonly incoming: IncomingMessage;
  readonly response: ServerResponse;
  /** Headers about the connection, for every response except a stream of events. */
  readonly connection: Readonly<Record<string, string>>;
}

async function handle(exchange: Exchange, parts: ServerParts): Promise<void> {
  const { incoming, response, connection } = exchange;
  await parts.world.ready;
  const reason = parts.guard.refuse(incoming);
  if (reason !== undefined) {
    incoming.resume();
    send(exchange, forbidden(reason));
    return;
  }
  if (repeatsHeader(incoming)) {
    incoming.resume();
    send(exchange, badRequest(route(headOf(incoming), parts.services), parts.world.ids.uuid()));
    return;
  }
  const requestId = parts.world.ids.uuid();
  const received = await receive(incoming, parts);
  if (received.kind === 'gone') return;
  if (received.kind === 'refused') {
    const { status, headers, body } = refused(received, requestId);
    response.writeHead(status, { ...connection, 'content-length': Buffer.byteLength(body), ...headers }).write(body);
    await received.drained;
    response.end();
    return;
  }
  const { request, service } = received;
  const isControl = request.path.startsWith(controlPath);
  const answered = await (isControl
    ? parts.control.answer(request, response)
    : answer(request, service, requestId, parts));
  if (answered !== undefined) send(exchange, answered);
}

function send({ response, connection }: Exchange, { status, headers, body }: HttpResponse): void {
  // The response to a HEAD contains the length of a body that it doesn't have. All headers are set at once: if some
  // were set before, Node is slower.
  response.writeHead(status, Object.assign({ 'content-length': Buffer.byteLength(body) }, connection, headers));
  response.end(body);
}
