import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { AwsError } from '../calls/errors.ts';
import type { HttpResponse, Service } from '../calls/operation.ts';
import type { Refused } from './receive.ts';
import { unserved } from './unserved.ts';

/** Node's errors for bytes that it can't parse as a request. */
export interface ReadingError extends Error {
  readonly code?: string;
  readonly rawPacket?: Buffer;
}

/**
 * Answers bytes that aren't an HTTP request and disconnects: with an AWS error, in the format of the service in the
 * bytes' signature, or in the request that they belong to
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html).
 */
export function answerUnreadable(
  error: ReadingError,
  socket: Duplex,
  {
    asked,
    services,
    requestId,
  }: Readonly<{ asked: IncomingMessage | undefined; services: Services; requestId: string }>,
): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const text = `${asked?.headers.authorization}\n${error.rawPacket?.toString('latin1')}`;
  const scope = /\/([a-z0-9-]+)\/aws4_request/.exec(text)?.[1] ?? '';
  const service = Object.hasOwn(services, scope) ? services[scope] : undefined;
  const { status, headers, body } = refusalOf(asAwsError(error), service, requestId);
  const lines = Object.entries({ ...headers, 'content-length': Buffer.byteLength(body), connection: 'close' });
  socket.end(
    `HTTP/1.1 ${status} Bad Request\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`,
  );
}

type Services = Readonly<Record<string, Service>>;

/** Headers that identify caller and target: if one is repeated, the signed one may not be the one that is read. */
const single: ReadonlySet<string> = new Set([
  'authorization',
  'content-type',
  'host',
  'x-amz-content-sha256',
  'x-amz-date',
  'x-amz-security-token',
  'x-amz-target',
]);

/** Returns whether one of those headers is repeated. Node keeps the first of some, and joins others. */
export function repeatsHeader({ headers, rawHeaders }: Pick<IncomingMessage, 'headers' | 'rawHeaders'>): boolean {
  // If each has a member of its own, none is repeated.
  if (rawHeaders.length === 2 * Object.keys(headers).length) return false;
  const seen = new Set<string>();
  return rawHeaders.some((header, index) => {
    if (index % 2 === 1) return false;
    const name = header.toLowerCase();
    if (!single.has(name)) return false;
    const isRepeated = seen.has(name);
    seen.add(name);
    return isRepeated;
  });
}

/** The response to an invalid HTTP request, in the format of its service. */
export function badRequest(service: Service | undefined, requestId: string): HttpResponse {
  const answer = refusalOf(asAwsError({}), service, requestId);
  return { ...answer, headers: { ...answer.headers, connection: 'close' } };
}

/** The response to a request that wasn't read completely. */
export function refused({ error, service, request }: Refused, requestId: string): HttpResponse {
  const answer = service === undefined ? unserved(request, requestId) : refusalOf(error, service, requestId);
  return { ...answer, headers: { ...answer.headers, connection: 'close' } };
}

function asAwsError({ code }: Pick<ReadingError, 'code'>): AwsError {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return new AwsError(
        'RequestHeaderSectionTooLarge',
        'Your request header and query parameters exceed the maximum allowed size.',
      );
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new AwsError(
        'RequestTimeout',
        'Your socket connection to the server was not read from or written to within the timeout period.',
      );
    default:
      return new AwsError('BadRequest', 'The request is not valid HTTP.');
  }
}

function refusalOf(error: AwsError, service: Service | undefined, requestId: string): HttpResponse {
  if (service !== undefined) return service.protocol.fail(error, { service, operation: undefined, requestId });
  return {
    status: error.status,
    headers: {
      'content-type': 'application/json',
      'x-amzn-requestid': requestId,
      'x-amzn-errortype': error.code,
    },
    body: JSON.stringify({ __type: error.code, message: error.message }),
  };
}
