import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { bootstrapCdk } from '../account/cdk-bootstrap.ts';
import type { UnsupportedCalls } from '../account/unsupported-calls.ts';
import type { World } from '../calls/context.ts';
import { AwsError, ResetError, UnsupportedError } from '../calls/errors.ts';
import type { Answering, HttpRequest, HttpResponse, Service } from '../calls/operation.ts';
import { perform, type Request } from '../calls/perform.ts';
import { probeHeader } from '../calls/probe-header.ts';
import { refuseReservedTags } from '../calls/reserved-tags.ts';
import { checkMemberKinds } from '../protocols/member-kinds.ts';
import { type Authenticated, type Authenticator, authenticate } from '../sigv4/authenticate.ts';
import { UnwritableStateError } from '../state/unwritable-state-error.ts';
import { ApiCall, invocationIn } from '../trace/api-call.ts';
import { type Control, controlPath } from './control.ts';
import { forPages, isPreflight, preflight } from './cors.ts';
import type { Guard } from './guard.ts';
import type { KeptConnections } from './kept-connections.ts';
import { headOf, receive } from './receive.ts';
import { isExecuteApi, route } from './route.ts';
import { answerUnreadable, badRequest, type ReadingError, refused, repeatsHeader } from './unreadable.ts';
import { unserved } from './unserved.ts';

export interface ServerParts {
  readonly world: World;
  readonly services: Readonly<Record<string, Service>>;
  readonly guard: Guard;
  readonly authenticator: Authenticator;
  readonly control: Control;
  readonly kept: KeptConnections;
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
    // As if nothing listened yet: Node.js wouldn't close it at the end of a start that fails.
    if (!isReady) return socket.destroy();
    const reason = repeatsHeader(request) ? 'A header is repeated.' : parts.guard.refuse(request);
    if (
      reason !== undefined ||
      !isExecuteApi({ path: request.url ?? '', headers: { host: request.headers.host ?? '' } })
    ) {
      const body = JSON.stringify({ message: reason ?? 'There is no WebSocket at this address.' });
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
    send(exchange, {
      status: 403,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ message: reason }),
    });
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

async function answer(
  request: HttpRequest,
  service: Service | undefined,
  requestId: string,
  parts: ServerParts,
): Promise<HttpResponse> {
  if (isPreflight(request)) return preflight(request);
  const open = published(request, parts);
  if (open !== undefined) return open;
  if (service === undefined) return unserved(request, requestId);
  if (service.callableByPages) return forPages(request, await operate(request, service, requestId, parts));
  return operate(request, service, requestId, parts);
}

/** Returns a service's publication at this address, for anyone to read. */
function published(request: HttpRequest, { services, world }: ServerParts): HttpResponse | undefined {
  if (request.method !== 'GET' && request.method !== 'HEAD') return undefined;
  for (const service of Object.values(services)) {
    const response = service.published?.(request, world);
    if (response !== undefined) return response;
  }
  return undefined;
}

async function operate(
  request: HttpRequest,
  service: Service,
  requestId: string,
  parts: ServerParts,
): Promise<HttpResponse> {
  const { world, services } = parts;
  let detail: Answering = { service, operation: undefined, requestId };
  let traced: ApiCall | undefined;
  let signed: Authenticated | undefined;
  try {
    signed = await authenticate(request, service, parts.authenticator);
    const { operation, input: sent } = await service.protocol.parse(request, service);
    detail = { service, operation, requestId };
    const input = checkMemberKinds(sent, service);
    refuseReservedTags(input, service.name);
    // A deployment that can't report its end would be polled forever.
    world.store.requireWhole();
    // IAM's requests are all signed for one region, wherever the caller works.
    if (signed !== undefined && service.name !== 'iam') {
      await bootstrapCdk(world, { accountId: signed.caller.accountId, region: signed.region });
    }
    const caller = signed?.caller;
    const { region, regionIsAssumed } = regionOf(request, signed, parts);
    const parent = invocationIn(request.headers['x-amzn-trace-id']);
    const facts = { service: service.name, operation, input, callId: requestId, region, parent };
    traced = ApiCall.begin(world.clock, caller, facts);
    const onDecided = traced?.onDecided;
    const isProbe = request.headers[probeHeader] !== undefined;
    const output = await perform(
      { service, operation, input, caller, isFromWire: true, isProbe, onDecided, region, regionIsAssumed },
      world,
      services,
      requestId,
    ).finally(() => world.store.untilCommitted());
    const answer = service.protocol.respond(output ?? {}, detail);
    traced?.end(answer.status, { output });
    return answer;
  } catch (failure) {
    const error = known(failure, request, detail, world);
    if (error instanceof UnsupportedError) parts.unsupported.add(signed?.caller, error.message);
    if (error instanceof ResetError) {
      traced?.end(error.status, { error });
      throw error;
    }
    const answer = service.protocol.fail(error, detail);
    traced?.end(answer.status, { error });
    return answer;
  }
}

/** A call's region: its signature's, or that of the AWS host name, or the account's. */
function regionOf(
  { headers }: HttpRequest,
  signed: Authenticated | undefined,
  parts: ServerParts,
): Pick<Request, 'region' | 'regionIsAssumed'> {
  const region = signed?.region ?? /^[\w-]+\.([a-z0-9-]+)\.amazonaws\.com$/i.exec(headers.host ?? '')?.[1];
  return region === undefined ? { region: parts.region, regionIsAssumed: true } : { region };
}

/** AWS errors are passed on; any other is a bug in the practice account, and says so. */
function known(error: unknown, request: HttpRequest, { service, operation }: Answering, world: World): AwsError {
  if (error instanceof AwsError) return error;
  const code = service.name === 's3' ? 'InternalError' : 'InternalFailure';
  // Not a bug: every call fails with it.
  if (error instanceof UnwritableStateError) return new AwsError(code, error.message, 500);
  const what = `${service.title} ${operation ?? `${request.method} ${request.path}`}`;
  world.say(`The practice account failed at ${what}: ${stack(error)}`);
  return new AwsError(code, `The practice account failed at ${what}: ${(error as Error)?.message ?? error}`, 500);
}

function send({ response, connection }: Exchange, { status, headers, body }: HttpResponse): void {
  // The response to a HEAD contains the length of a body that it doesn't have. All headers are set at once: if some
  // were set before, Node is slower.
  response.writeHead(status, Object.assign({ 'content-length': Buffer.byteLength(body) }, connection, headers));
  response.end(body);
}

function stack(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
