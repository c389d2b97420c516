import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { setImmediate as breathe } from 'node:timers/promises';
import { ResetError } from '../calls/errors.ts';
import type { HttpResponse, Service } from '../calls/operation.ts';
import { answer, stack } from './answer.ts';
import { headOf } from './receive.ts';
import { route } from './route.ts';
import type { ServerParts } from './server.ts';

/** What `link.cjs`, in a function's process, asks for. */
const protocol = 'websocket-lab-link';

/** A frame's length without its body is at most this: an HTTP server accepts no more headers either. */
const longestHead = 16 * 1024;
/** The largest body that a function sends this way. */
const largestBody = 64 * 1024;
/** How many calls are begun at once, before others get their turn. */
const together = 16;
const nothing = Buffer.alloc(0);

/** A frame begins with its length, the call's id and the head's length, four bytes each. */
const fixed = 12;

/** Whether a request asks for a connection for calls; no page can. */
export function asksForLink({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  return headers.upgrade === protocol;
}

/**
 * Answers a function's calls on a connection that carries nothing else. `first` is what arrived together with the
 * request for it. Each call is a frame, and so is each answer, in any order.
 */
export function serveLink(socket: Duplex, first: Buffer, parts: ServerParts): void {
  const send = answersOf(socket);
  const begin = ({ id, head, body }: Frame): boolean => {
    const call = callIn(head);
    if (call === undefined) return false;
    respond(call, body, parts).then(
      (response) => send(id, response),
      (error: unknown) => {
        if (!(error instanceof ResetError)) parts.world.say(`The practice account failed at a call: ${stack(error)}`);
        send(id, undefined);
      },
    );
    return true;
  };
  let rest: Buffer = nothing;
  socket.on('data', async (piece: Buffer) => {
    rest = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    for (let begun = 1; ; begun += 1) {
      const frame = frameIn(rest);
      if (frame === 'incomplete') return;
      rest = frame === 'malformed' ? nothing : rest.subarray(frame.end);
      // Code of the function wrote it: this ends only its own connection.
      if (frame === 'malformed' || !begin(frame)) return void socket.destroy();
      if (begun % together !== 0) continue;
      socket.pause();
      await breathe();
      socket.resume();
    }
  });
  socket.once('end', () => socket.end());
  socket.unshift(first);
  socket.write(`HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: ${protocol}\r\n\r\n`);
}

/** A call's method, its path with the query string, and its headers. */
type Call = readonly [method: string, path: string, headers: Readonly<Record<string, string>>];

async function respond([method, url, given]: Call, body: Buffer, parts: ServerParts): Promise<HttpResponse> {
  const { world, guard, services } = parts;
  await world.ready;
  const headers: Record<string, string> = {};
  for (const name in given) headers[name.toLowerCase()] = given[name] ?? '';
  const reason = guard.refuse({ headers });
  if (reason !== undefined) {
    return { status: 403, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ message: reason }) };
  }
  const { path, rawQuery, query } = headOf({ method, url, headers });
  const request = { method, path, rawQuery, query, headers, body };
  const service: Service | undefined = route(request, services);
  return answer(request, service, world.ids.uuid(), parts);
}

interface Frame {
  readonly id: number;
  readonly head: string;
  readonly body: Buffer;
  /** Where the next one begins. */
  readonly end: number;
}

function frameIn(bytes: Buffer): Frame | 'incomplete' | 'malformed' {
  if (bytes.length < fixed) return 'incomplete';
  const end = 4 + bytes.readUInt32LE(0);
  const bodyAt = fixed + bytes.readUInt32LE(8);
  if (bodyAt > end || bodyAt > longestHead || end - bodyAt > largestBody) return 'malformed';
  if (end > bytes.length) return 'incomplete';
  return {
    id: bytes.readUInt32LE(4),
    head: bytes.toString('latin1', fixed, bodyAt),
    body: bytes.subarray(bodyAt, end),
    end,
  };
}

function callIn(head: string): Call | undefined {
  try {
    const [method, path, headers] = JSON.parse(head) as unknown[];
    if (typeof method !== 'string' || typeof path !== 'string') return undefined;
    if (typeof headers !== 'object' || headers === null) return undefined;
    if (!Object.values(headers).every((value) => typeof value === 'string')) return undefined;
    return [method, path, headers as Call[2]];
  } catch {
    return undefined;
  }
}

/** Returns a function that sends an answer, or its absence; those of one turn of the event loop together. */
function answersOf(socket: Duplex): (id: number, response: HttpResponse | undefined) => void {
  let frames: Buffer[] = [];
  const flush = () => {
    const all = frames;
    frames = [];
    socket.write(all.length === 1 ? all[0] : Buffer.concat(all));
  };
  return (id, response) => {
    const head = response === undefined ? '' : JSON.stringify([response.status, response.headers]);
    const body = response?.body ?? '';
    const length = fixed + head.length + Buffer.byteLength(body);
    const frame = Buffer.allocUnsafe(length);
    frame.writeUInt32LE(length - 4, 0);
    frame.writeUInt32LE(id, 4);
    frame.writeUInt32LE(head.length, 8);
    frame.write(head, fixed, 'latin1');
    if (typeof body === 'string') frame.write(body, fixed + head.length);
    else frame.set(body, fixed + head.length);
    if (frames.push(frame) === 1) process.nextTick(flush);
  };
}
