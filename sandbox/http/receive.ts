import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { AwsError } from '../calls/errors.ts';
import type { HttpRequest, Service } from '../calls/operation.ts';
import { type Authenticator, identify } from '../sigv4/authenticate.ts';
import { refusal } from '../sigv4/refusal.ts';
import { claimsPresigned, claimsSignature } from '../sigv4/signature.ts';
import { largestBody, tooLarge } from './body-limit.ts';
import { route } from './route.ts';

/** The result of reading a request: it is complete, its client has gone, or it was rejected early. */
export type Received =
  | { readonly kind: 'whole'; readonly request: HttpRequest; readonly service: Service | undefined }
  | { readonly kind: 'gone' }
  | ({ readonly kind: 'refused' } & Refused);

/** Why a request wasn't read completely, and which service reports it; undefined if none of ours. */
export interface Refused {
  readonly error: AwsError;
  readonly service: Service | undefined;
  readonly request: HttpRequest;
  /**
   * Resolves when the rest of the request has arrived. The response needn't wait for it, but closing the connection
   * does.
   */
  readonly drained: Promise<void>;
}

/** From here on, the caller matters before the body is read. */
const large = 64 * 1024;
/** How much to read of a request that is already rejected. */
const mostDrained = 100 * 1024 * 1024;

/**
 * Reads a request, but no more of it than its service accepts from this caller: nothing unsigned beyond a sign-in's
 * size, and nothing large for a key that isn't the account's. A large body's hash is computed piece by piece on the
 * way, because hashing it at once would delay others.
 */
export async function receive(
  incoming: IncomingMessage,
  { services, authenticator }: Readonly<{ services: Services; authenticator: Authenticator }>,
): Promise<Received> {
  const head = headOf(incoming);
  const service = route(head, services);
  const isSigned = claimsSignature(head.headers) || claimsPresigned(head.query);
  const most = largestBody(head, service, isSigned);
  const promised = Number(head.headers['content-length'] ?? Number.POSITIVE_INFINITY);
  const refuse = (error: AwsError, request: HttpRequest, by = service): Received => {
    return { kind: 'refused', error, service: by, request, drained: drain(incoming) };
  };
  if (isSigned && promised > most && hasBody(head)) return refuse(tooLarge(head, service), head);
  if (isSigned && promised > large && hasBody(head) && service !== undefined) {
    try {
      identify(head, service, authenticator);
    } catch (error) {
      if (error instanceof AwsError) return refuse(error, head);
      throw error;
    }
  }
  const read = await readBody(incoming, { most, promised }, isSigned);
  if (read === 'gone') return { kind: 'gone' };
  // Member by member: spreading the head takes several times as long, on every request.
  const { method, path, rawQuery, query, headers } = head;
  const request = { method, path, rawQuery, query, headers, body: read.body, bodyHash: read.hash };
  // If the head doesn't say which service a form is for, its body does.
  const named = service ?? route(request, services);
  if (read.isWhole) return { kind: 'whole', request, service: named };
  if (isSigned || service?.callableByPages) return refuse(tooLarge(head, service), request);
  return refuse(named === undefined ? tooLarge(head, named) : refusal('missing', named), request, named);
}

/**
 * A client that is disconnected while sending may never read the response: the rest is read, up to a limit, and
 * dropped.
 */
function drain(incoming: IncomingMessage): Promise<void> {
  return new Promise((resolve) => {
    let room = mostDrained;
    incoming.on('data', (chunk: Buffer) => {
      room -= chunk.length;
      if (room < 0) resolve();
    });
    incoming.on('end', resolve);
    incoming.on('close', resolve);
  });
}

const nothing = Buffer.alloc(0);

type Services = Readonly<Record<string, Service>>;

function hasBody({ headers }: HttpRequest): boolean {
  return headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
}

/** Returns a request without its body. */
export function headOf(incoming: Pick<IncomingMessage, 'method' | 'url' | 'headers'>): HttpRequest {
  const { url = '/' } = incoming;
  const at = url.indexOf('?');
  const [path, rawQuery] = at < 0 ? [url, ''] : [url.slice(0, at), url.slice(at + 1)];
  const query = new URLSearchParams(rawQuery);
  // Only `set-cookie` is a list, and no service reads it.
  const headers = incoming.headers as HttpRequest['headers'];
  return { method: incoming.method ?? 'GET', path, rawQuery, query, headers, body: nothing };
}

interface Body {
  /** The allowed part of an incomplete one. */
  readonly body: Buffer;
  readonly isWhole: boolean;
  /** The SHA-256 of a signed body that is large or of unknown length, in hexadecimal. */
  readonly hash: string | undefined;
}

function readBody(
  incoming: IncomingMessage,
  { most, promised }: { readonly most: number; readonly promised: number },
  isSigned: boolean,
): Promise<Body | 'gone'> {
  return new Promise((resolve) => {
    // A large body is assembled as it arrives: doing that at the end would delay others.
    const whole = isSigned && promised > large && promised <= most ? Buffer.allocUnsafe(promised) : undefined;
    let filled = 0;
    const chunks: Buffer[] = [];
    // A small body is hashed when its signature is verified.
    const hash = isSigned && promised > large ? createHash('sha256') : undefined;
    let room = most;
    const end = (isWhole: boolean) => {
      const body = whole?.subarray(0, filled) ?? Buffer.concat(chunks.splice(0));
      resolve({ body, isWhole, hash: isWhole ? hash?.digest('hex') : undefined });
    };
    incoming.on('data', (chunk: Buffer) => {
      if (room < 0) return;
      if (whole === undefined) chunks.push(chunk.subarray(0, room));
      else filled += chunk.copy(whole, filled);
      hash?.update(chunk);
      room -= chunk.length;
      if (room < 0) end(false);
    });
    incoming.on('end', () => {
      if (room >= 0) end(true);
    });
    incoming.on('close', () => resolve('gone'));
    incoming.on('error', () => resolve('gone'));
  });
}
