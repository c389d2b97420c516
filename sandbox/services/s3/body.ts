import { AwsError } from '../../calls/errors.ts';
import type { HttpRequest } from '../../calls/operation.ts';
import { readChunks } from '../../sigv4/chunks.ts';
import { checksumHeaders, checksumOf } from './checksum.ts';

/** A body's own bytes, and the request's headers with those that came behind it. */
export interface DecodedBody {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Takes a body out of the chunks it may have come in (`Content-Encoding: aws-chunked`) and checks it against
 * the MD5 and the checksums that came in headers or trailers. Throws BadDigest, InvalidDigest, IncompleteBody
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html).
 */
export function decodeBody(request: HttpRequest): DecodedBody {
  const isChunked = request.headers['x-amz-content-sha256']?.startsWith('STREAMING-') ?? false;
  const decoded = isChunked ? unchunk(request) : { body: request.body, headers: request.headers };
  // CompleteMultipartUpload's checksum is of the object to be, not of the list of parts that it brings.
  const isCompletion = request.method === 'POST' && request.query.has('uploadId');
  check(decoded, isCompletion);
  return decoded;
}

function unchunk(request: HttpRequest): DecodedBody {
  const read = readChunks(request.body);
  if (read === undefined) throw incomplete();
  const bytes = Buffer.concat(read.chunks.map((chunk) => chunk.bytes));
  const promised = request.headers['x-amz-decoded-content-length'];
  if (promised !== undefined && Number(promised) !== bytes.length) throw incomplete();
  const headers = { ...request.headers };
  const encoding = (headers['content-encoding'] ?? '').replace(/aws-chunked,?\s*/, '');
  if (encoding === '') delete headers['content-encoding'];
  else headers['content-encoding'] = encoding;
  const announced = (request.headers['x-amz-trailer'] ?? '').toLowerCase().split(/[,\s]+/);
  for (const line of read.trailer.split('\r\n')) {
    const [name, value] = line.split(/:(.*)/s);
    // What was not announced is not the signer's.
    const trailer = (name ?? '').trim().toLowerCase();
    if (value !== undefined && announced.includes(trailer)) headers[trailer] = value.trim();
  }
  return { body: bytes, headers };
}

function incomplete(): AwsError {
  return new AwsError(
    'IncompleteBody',
    'You did not provide the number of bytes specified by the Content-Length HTTP header.',
  );
}

function check({ body, headers }: DecodedBody, isCompletion: boolean): void {
  const md5 = headers['content-md5'];
  if (md5 !== undefined && md5 !== checksumOf('md5', body)) {
    throw new AwsError('BadDigest', 'The Content-MD5 you specified did not match what we received.');
  }
  if (isCompletion) return;
  for (const [name, algorithm] of Object.entries(checksumHeaders)) {
    const given = headers[name];
    if (given !== undefined && given !== checksumOf(algorithm, body)) {
      throw new AwsError('BadDigest', `The ${algorithm} you specified did not match the calculated checksum.`);
    }
  }
}
