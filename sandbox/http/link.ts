import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { ResetError } from '../calls/errors.ts';
import type { HttpResponse } from '../calls/operation.ts';
import { answer, stack } from './answer.ts';
import { forbidden } from './guard.ts';
import { headOf } from './receive.ts';
import { route } from './route.ts';
import type { ServerParts } from './server.ts';

/** What `link.cjs`, in a function's process, asks for. */
const protocol = 'websocket-lab-link';

/** A call's method, path and headers are at most this long; an HTTP server accepts no more either. */
const longestHead = 16 * 1024;
/** The largest body that a function sends this way. */
const largestBody = 64 * 1024;
/** How many calls are under way at once: the next ones wait until the function has taken an answer. */
const together = 64;
/** A frame begins with its length, the call's id and the head's length, four bytes each. */
const fixed = 12;

const nothing = Buffer.alloc(0);

/** Whether a request asks for a connection for calls; no page can. */
export function asksForLink({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  return headers.upgrade === protocol;
}

/**
 * Answers a function's calls on a connection that carries nothing else. `first` is what arrived together with the
 * request for it. Each call is a frame, and so is each answer, in any order.
 */
export function serveLink(socket: Duplex, first: Buffer, parts: ServerParts): void {
  let rest: Buffer = nothing;
  let underWay = 0;
  const send = answersOf(socket, (taken) => {
    underWay -= taken;
    read();
  });
  const begin = ({ id, head, body }: Frame): boolean => {
    const call = callIn(head);
    if (call === undefined) return false;
    underWay += 1;
    respond(call, body, parts).then(
      (response) => send(id, response),
      (error: unknown) => {
        if (!(error instanceof ResetError)) parts.world.say(`The practice account failed at a call: ${stack(error)}`);
        send(id, undefined);
      },
    );
    return true;
  };
  const read = (): void => {
    while (underWay < together && !socket.destroyed) {
      const frame = frameIn(rest);
      if (frame === 'incomplete') {
        if (socket.isPaused()) socket.resume();
        return;
      }
      // Code of the function wrote it: this ends only its own connection.
      if (frame === 'malformed' || !begin(frame)) return void socket.destroy();
      rest = rest.subarray(frame.end);
    }
    socket.pause();
  };
  parts.links.add(socket);
  socket.once('close', () => parts.links.delete(socket));
  socket.once('end', () => socket.end());
  socket.on('data', (piece: Buffer) => {
    rest = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    read();
  });
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
  if (reason !== undefined) return forbidden(reason);
  const { path, rawQuery, query } = headOf({ method, url, headers });
  const request = { method, path, rawQuery, query, headers, body };
  return answer(request, route(request, services), world.ids.uuid(), parts);
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
  if (bodyAt > end || bodyAt - fixed > longestHead || end - bodyAt > largestBody) return 'malformed';
  if (end > bytes.length) return 'incomplete';
  const head = bytes.toString('latin1', fixed, bodyAt);
  return { id: bytes.readUInt32LE(4), head, body: bytes.subarray(bodyAt, end), end };
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

/**
 * Returns a function that sends an answer, or its absence; those that are ready together are written together. `taken`
 * gets the number of answers that the function's end has taken.
 */
function answersOf(
  socket: Duplex,
  taken: (answers: number) => void,
): (id: number, response: HttpResponse | undefined) => void {
  let frames: Buffer[] = [];
  const flush = () => {
    const all = frames;
    frames = [];
    socket.write(Buffer.concat(all), () => taken(all.length));
  };
  return (id, response) => {
    const body = response?.body ?? '';
    const length = Buffer.byteLength(body);
    const head = response === undefined ? '' : headFor(response, length);
    const bodyAt = fixed + head.length;
    const frame = Buffer.allocUnsafe(bodyAt + length);
    frame.writeUInt32LE(frame.length - 4, 0);
    frame.writeUInt32LE(id, 4);
    frame.writeUInt32LE(head.length, 8);
    frame.write(head, fixed, 'latin1');
    if (typeof body === 'string') frame.write(body, bodyAt);
    else frame.set(body, bodyAt);
    if (frames.push(frame) === 1) process.nextTick(flush);
  };
}

/** Returns an answer's status and headers, with those that an HTTP server adds. */
function headFor({ status, headers }: HttpResponse, length: number): string {
  const added = { 'content-length': String(length), date: new Date().toUTCString() };
  return JSON.stringify([status, Object.assign(added, headers)]);
}
