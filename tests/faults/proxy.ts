import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { answers, type Refusal, refusals } from './refusals.ts';

/** The troubles between the checker and the account. */
export type Trouble =
  | Refusal
  | 'stopped'
  | 'killed'
  | 'another answer'
  | 'dropped'
  | 'answer lost'
  | 'cut'
  | 'slow'
  | 'half-open';

/**
 * `another answer` is the answer to a different earlier call, as a confused cache might return; a `dropped` call never
 * reaches the account; with `answer lost` it does, but the answer never returns.
 */
export const troubles: readonly Trouble[] = [
  ...refusals,
  'another answer',
  'dropped',
  'answer lost',
  'cut',
  'slow',
  'half-open',
];

export interface Fault {
  readonly trouble: Trouble;
  /** Which call it hits, from 1: a request, a socket's handshake, or the first frame that arrives in it. */
  readonly at: number;
  /** Whether it also hits every later call. */
  readonly lasting?: boolean;
}

export interface FaultProxy {
  readonly url: string;
  /** How many calls arrived so far. */
  calls(): number;
  close(): Promise<void>;
}

/** How long a slow fault takes, in milliseconds. */
const SLOW = 400;

/** Sits between the checker and a practice account, for HTTP and WebSockets, and does one thing wrong. */
export async function startFaultProxy(accountPort: number, fault?: Fault): Promise<FaultProxy> {
  let calls = 0;
  let port = 0;
  const open = new Set<Duplex & { destroySoon?(): void }>();
  /** Sockets of people who have connected. */
  const inRooms = new Set<Duplex>();
  /** The last answer to each kind of call. */
  const answered = new Map<string, Buffer>();
  const troubleOf = (call: number): Trouble | undefined =>
    fault !== undefined && (fault.lasting ? call >= fault.at : call === fault.at) ? fault.trouble : undefined;
  /** The account returns its own address, but its rooms must be reached through this proxy too. */
  const rewritten = (body: Buffer) =>
    Buffer.from(body.toString('latin1').replaceAll(`127.0.0.1:${accountPort}`, `127.0.0.1:${port}`), 'latin1');

  const server = createServer((incoming, outgoing) => {
    calls += 1;
    if (hasEnded(troubleOf(calls))) return;
    pass(incoming, outgoing, troubleOf(calls)).catch(() => outgoing.destroy());
  });
  server.on('connection', (socket) => track(socket));
  server.on('upgrade', (incoming, socket, head) => {
    calls += 1;
    if (hasEnded(troubleOf(calls))) return;
    upgrade(incoming, socket as Socket, head, troubleOf(calls));
  });

  async function pass(incoming: IncomingMessage, outgoing: ServerResponse, trouble: Trouble | undefined) {
    const body = await bytesOf(incoming);
    if (trouble === 'dropped') return void outgoing.destroy();
    if (trouble === 'half-open') return;
    if (trouble === 'slow') await pause(SLOW);
    const refusal = refusals.find((each) => each === trouble);
    if (refusal !== undefined) {
      const { status, headers, text } = answers[refusal](incoming.headers['content-type'] ?? '');
      return void outgoing.writeHead(status, headers).end(text);
    }
    const { method, url, rawHeaders } = incoming;
    const forwarded = request({
      host: '127.0.0.1',
      port: accountPort,
      method,
      path: url,
      headers: Object.fromEntries(pairs(rawHeaders)),
    });
    forwarded.end(body);
    const [answer] = (await once(forwarded, 'response')) as [IncomingMessage];
    const own = rewritten(await bytesOf(answer));
    const kind = kindOf(incoming, body);
    const [, other = Buffer.from('{}')] = [...answered].reverse().find(([asked]) => asked !== kind) ?? [];
    answered.delete(kind);
    answered.set(kind, own);
    const text = trouble === 'another answer' ? other : own;
    if (trouble === 'answer lost') return void outgoing.destroy();
    const headers = { ...answer.headers, 'content-length': String(text.length) };
    delete headers['transfer-encoding'];
    outgoing.writeHead(answer.statusCode ?? 502, headers);
    if (trouble !== 'cut') return void outgoing.end(text);
    outgoing.write(text.subarray(0, text.length / 2));
    await pause(20);
    outgoing.destroy();
  }

  function upgrade(incoming: IncomingMessage, socket: Socket, head: Buffer, atHandshake: Trouble | undefined) {
    if (atHandshake === 'dropped' || atHandshake === 'cut') return void socket.destroy();
    if (atHandshake === 'half-open') return;
    const refusal = refusals.find((each) => each === atHandshake);
    // AWS signs nobody in here: an answer with a status but without AWS's request id comes from something in between.
    if (refusal !== undefined || atHandshake === 'another answer') {
      const status = statuses[calls % statuses.length];
      return void socket.end(`HTTP/1.1 ${status} No\r\nVia: 1.1 proxy\r\nContent-Length: 0\r\n\r\n`);
    }
    const room = track(connect(accountPort, '127.0.0.1'));
    room.write(`${incoming.method} ${incoming.url} HTTP/1.1\r\n${lines(incoming.rawHeaders)}\r\n`);
    room.write(head);
    socket.pipe(room);
    let pieces = 0;
    let inside: Trouble | undefined;
    let before = Promise.resolve();
    room.on('data', (piece: Buffer) => {
      pieces += 1;
      // The first is the answer to the handshake. In the room, the first frame is hit: whoever is rejected gets none.
      if (pieces === 2) {
        calls += 1;
        inside = troubleOf(calls);
      }
      const trouble = pieces === 1 ? atHandshake : inside;
      if (hasEnded(trouble)) return;
      const inTime = trouble === 'slow' ? pause(SLOW) : undefined;
      if (pieces === 1 && trouble === 'answer lost') return void socket.destroy();
      if (pieces > 1 && trouble === 'half-open') return;
      if (pieces > 1 && trouble !== undefined && trouble !== 'slow') return void socket.destroy();
      inRooms.add(socket);
      // Slow chunks are not overtaken.
      before = Promise.all([before, inTime]).then(() => void (socket.destroyed || socket.write(piece)));
    });
    room.on('end', () => inside === 'half-open' || before.then(() => socket.end()));
  }

  /** The account ends, with a close frame to everyone in its rooms if it was stopped, and nothing listens any more. */
  function hasEnded(trouble: Trouble | undefined): boolean {
    if (trouble !== 'stopped' && trouble !== 'killed') return false;
    server.close();
    for (const stream of open) {
      if (trouble === 'stopped' && inRooms.has(stream)) stream.write(goingAway);
      stream.destroySoon?.();
    }
    return true;
  }

  function track<T extends Duplex>(stream: T): T {
    open.add(stream);
    stream.on('error', () => {});
    stream.on('close', () => open.delete(stream));
    return stream;
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
  return {
    url: `http://127.0.0.1:${port}`,
    calls: () => calls,
    async close() {
      server.close();
      for (const stream of open) stream.destroy();
    },
  };
}

/** A close with 1001, as a server sends it. */
const goingAway = Buffer.from([0x88, 2, 0x03, 0xe9]);

/** The statuses that a proxy answers a handshake with. */
const statuses = [401, 403, 404, 407, 429, 502, 503];

/** The requested operation, as far as the request shows it. */
function kindOf({ method, url = '', headers }: IncomingMessage, body: Buffer): string {
  const [action] = /\bAction=\w+/.exec(body.toString('latin1')) ?? [];
  return String(headers['x-amz-target'] ?? action ?? `${method} ${url.replace(/\/apis\/\w+/, '/apis')}`);
}

async function bytesOf(message: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of message) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

function pairs(rawHeaders: readonly string[]): Array<[string, string]> {
  return rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [[name, rawHeaders[at + 1] ?? '']] : []));
}

function lines(rawHeaders: readonly string[]): string {
  return pairs(rawHeaders)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');
}
