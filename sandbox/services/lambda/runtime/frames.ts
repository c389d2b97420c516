/** What came over the log channel of a process: an event of its console, or text that it wrote to a stream. */
export interface Frame {
  readonly kind: 'event' | 'text';
  readonly content: string;
}

const header = 5;

/** Reads the frames that `log-channel.mjs` writes: one byte of kind, four of length, the content. */
export class FrameReader {
  #rest: Buffer = Buffer.alloc(0);
  /** All bytes that came, to be compared with what the process says it wrote. */
  received = 0;

  read(chunk: Buffer): Frame[] {
    this.received += chunk.length;
    let bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const frames: Frame[] = [];
    while (bytes.length >= header) {
      const end = header + bytes.readUInt32LE(1);
      if (bytes.length < end) break;
      frames.push({ kind: bytes[0] === 1 ? 'event' : 'text', content: bytes.toString('utf8', header, end) });
      bytes = bytes.subarray(end);
    }
    this.#rest = bytes;
    return frames;
  }
}
