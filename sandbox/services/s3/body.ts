import { AwsError } from '../../calls/errors.ts';
import type { HttpRequest } from '../../calls/operation.ts';
import { readChunks } from '../../sigv4/chunks.ts';
import { joined } from '../../state/digest.ts';
import { checksumHeaders, checksumOf } from './checksum.ts';

/** A body's own bytes, and the request's headers with its trailers. */
export interface DecodedBody {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Extracts a body from its chunks (`Content-Encoding: aws-chunked`) and verifies it against the MD5 and the checksums
 * in headers or trailers. Throws BadDigest, InvalidDigest, IncompleteBody, InvalidChunkSizeError and
 * MalformedTrailerError
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html).
 */
export async function decodeBody(request: HttpRequest): Promise<DecodedBody> {
  const payload = request.headers['x-amz-content-sha256'] ?? '';
  const isChunked = payload.startsWith('STREAMING-');
  if (request.headers['x-amz-trailer'] !== undefined && !payload.endsWith('-TRAILER')) throw malformedTrailer();
  const decoded = isChunked ? await unchunk(request) : { body: request.body, headers: request.headers };
  // CompleteMultipartUpload's checksum is for the resulting object, not for its list of parts.
  const isCompletion = request.method === 'POST' && request.query.has('uploadId');
  await check(decoded, isCompletion);
  return decoded;
}

async function unchunk(request: HttpRequest): Promise<DecodedBody> {
  const read = readChunks(request.body);
  if (read === undefined) throw incomplete();
  const bytes = await joined(read.chunks.map((chunk) => chunk.bytes));
  const promised = request.headers['x-amz-decoded-content-length'];
  if (promised !== undefined && Number(promised) !== bytes.length) throw incomplete();
  const headers = { ...request.headers };
  const encoding = (headers['content-encoding'] ?? '').replace(/aws-chunked,?\s*/, '');
  if (encoding === '') delete headers['content-encoding'];
  else headers['content-encoding'] = encoding;
  return { body: bytes, headers: { ...headers, ...trailersOf(request, read.trailer) } };
}

/**
 * Returns a body's trailers. Throws MalformedTrailerError unless they are exactly those that `x-amz-trailer` announced:
 * an additional one isn't the signer's, and with a missing one nobody would notice a changed body.
 */
function trailersOf({ headers }: HttpRequest, trailer: string): Readonly<Record<string, string>> {
  const announced = (headers['x-amz-trailer'] ?? '')
    .toLowerCase()
    .split(/[,\s]+/)
    .filter((name) => name !== '');
  const trailers: Record<string, string> = {};
  for (const line of trailer.split(/\r?\n/)) {
    const [name = '', value] = line.split(/:(.*)/s);
    if (line === '' || name.trim().toLowerCase() === 'x-amz-trailer-signature') continue;
    trailers[name.trim().toLowerCase()] = (value ?? '').trim();
  }
  const names = Object.keys(trailers);
  if (names.length === announced.length && announced.every((name) => trailers[name])) return trailers;
  throw malformedTrailer();
}

function malformedTrailer(): AwsError {
  return new AwsError(
    'MalformedTrailerError',
    'The request contained trailing data that was not well-formed or did not conform to our published schema.',
  );
}

function incomplete(): AwsError {
  return new AwsError(
    'IncompleteBody',
    'You did not provide the number of bytes specified by the Content-Length HTTP header.',
  );
}

async function check({ body, headers }: DecodedBody, isCompletion: boolean): Promise<void> {
  const md5 = headers['content-md5'];
  if (md5 !== undefined && Buffer.from(md5, 'base64').length !== 16) {
    throw new AwsError('InvalidDigest', 'The Content-MD5 you specified was invalid.');
  }
  if (md5 !== undefined && md5 !== (await checksumOf('md5', body))) {
    throw new AwsError('BadDigest', 'The Content-MD5 you specified did not match what we received.');
  }
  if (isCompletion) return;
  for (const [name, algorithm] of Object.entries(checksumHeaders)) {
    const given = headers[name];
    if (given !== undefined && given !== (await checksumOf(algorithm, body))) {
      throw new AwsError('BadDigest', `The ${algorithm} you specified did not match the calculated checksum.`);
    }
  }
}
