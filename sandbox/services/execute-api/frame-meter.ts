/**
 * Parses the frames of a client's byte stream and reports when one is too long: API Gateway limits each frame to 32 KB
 * and a whole message to 128 KB, but `ws` only sees messages (RFC 6455, 5.2).
 */
export class FrameMeter {
  readonly #limit: number;
  readonly #header: number[] = [];
  /** Remaining payload bytes of the current frame. */
  #payload = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Takes the next bytes; true if a frame with a payload over the limit begins in them. */
  exceeds(chunk: Buffer): boolean {
    let at = 0;
    while (at < chunk.length) {
      if (this.#payload > 0) {
        const step = Math.min(this.#payload, chunk.length - at);
        this.#payload -= step;
        at += step;
        continue;
      }
      this.#header.push(chunk.readUInt8(at));
      at += 1;
      const length = payloadLength(this.#header);
      if (length === undefined) continue;
      this.#header.length = 0;
      this.#payload = length;
      if (length > this.#limit) return true;
    }
    return false;
  }
}

/** The payload length in a frame's header; undefined while the header is incomplete. */
function payloadLength(header: readonly number[]): number | undefined {
  const second = header[1];
  if (second === undefined) return undefined;
  const short = second & 0x7f;
  const extended = short === 127 ? 8 : short === 126 ? 2 : 0;
  const mask = second & 0x80 ? 4 : 0;
  if (header.length < 2 + extended + mask) return undefined;
  if (extended === 0) return short;
  return header.slice(2, 2 + extended).reduce((sum, byte) => sum * 256 + byte, 0);
}
