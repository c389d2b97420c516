import { AwsError } from '../calls/errors.ts';

/** The minimum size of a chunk, unless it is the last. */
const smallest = 8192;

/** A body that came in chunks (`Content-Encoding: aws-chunked`). */
export interface Chunks {
  /** Including the last one, which is empty. */
  readonly chunks: readonly Chunk[];
  /** The trailer after the chunks: lines of `name:value`. */
  readonly trailer: string;
}

export interface Chunk {
  readonly bytes: Buffer;
  /** The signature of this chunk, which depends on earlier ones, in hexadecimal; unsigned chunks have none. */
  readonly signature: string | undefined;
}

/**
 * Splits a body into its chunks; undefined if it is malformed. Throws InvalidChunkSizeError at the first chunk that is
 * too small, so that the number of chunks is bounded by its length
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html).
 */
export function readChunks(body: Buffer): Chunks | undefined {
  const chunks: Chunk[] = [];
  let offset = 0;
  for (;;) {
    const end = body.indexOf('\r\n', offset);
    const [, size, signature] =
      /^([0-9a-f]{1,8})(?:;chunk-signature=([0-9a-f]{64}))?$/i.exec(
        body.toString('latin1', offset, Math.max(end, 0)),
      ) ?? [];
    if (end < 0 || size === undefined) return undefined;
    const from = end + 2;
    const length = Number.parseInt(size, 16);
    if (length === 0) {
      chunks.push({ bytes: Buffer.alloc(0), signature });
      return { chunks, trailer: body.toString('latin1', from) };
    }
    refuseSmall(chunks);
    const to = from + length;
    if (body.toString('latin1', to, to + 2) !== '\r\n') return undefined;
    chunks.push({ bytes: body.subarray(from, to), signature });
    offset = to + 2;
  }
}

/** Another chunk follows, so the previous one wasn't the last. */
function refuseSmall(before: readonly Chunk[]): void {
  const size = before.at(-1)?.bytes.length ?? smallest;
  if (size >= smallest) return;
  const sentence = `Only the last chunk is allowed to have a size less than ${smallest} bytes`;
  throw new AwsError('InvalidChunkSizeError', sentence, 403, { Chunk: before.length, BadChunkSize: size });
}
