import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { AwsError } from '../calls/errors.ts';
import type { HttpResponse, Service } from '../calls/operation.ts';

/** What Node says of bytes that it cannot read as a request. */
export interface ReadingError extends Error {
  readonly code?: string;
  readonly rawPacket?: Buffer;
}

/**
 * Answers bytes that are no HTTP request and hangs up: with AWS's kind of error, in the shape of the service that the
 * bytes name in a signature, or that the request named which they belong to
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

/** The answer to a body that is larger than any that AWS takes. */
export function tooLarge(service: Service | undefined, requestId: string): HttpResponse {
  const error =
    service?.name === 's3'
      ? new AwsError('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size')
      : new AwsError('RequestEntityTooLargeException', 'The request is larger than the maximum allowed size', 413);
  const answer = refusalOf(error, service, requestId);
  return { ...answer, headers: { ...answer.headers, connection: 'close' } };
}

function asAwsError({ code }: ReadingError): AwsError {
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
      return new AwsError('BadRequest', 'The request cannot be read: it is not as HTTP has it.');
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
