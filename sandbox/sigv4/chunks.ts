/** A body that came in chunks (`Content-Encoding: aws-chunked`). */
export interface Chunks {
  /** With the last one, which is empty. */
  readonly chunks: readonly Chunk[];
  /** What comes behind the chunks: lines of `name:value`. */
  readonly trailer: string;
}

export interface Chunk {
  readonly bytes: Buffer;
  /** Of this chunk and those before it, in hexadecimal; unsigned ones have none. */
  readonly signature: string | undefined;
}

/**
 * Takes a body apart into its chunks; undefined for one that is broken
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
    const to = from + length;
    if (body.toString('latin1', to, to + 2) !== '\r\n') return undefined;
    chunks.push({ bytes: body.subarray(from, to), signature });
    offset = to + 2;
  }
}
