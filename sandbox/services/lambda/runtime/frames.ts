/** Received on a process's log channel: a console event, or text that it wrote to a stream. */
export interface Frame {
  readonly kind: 'event' | 'text';
  readonly content: string;
}

const header = 5;
const kinds: Readonly<Record<number, Frame['kind']>> = { 1: 'event', 2: 'text' };

/** `log-channel.mjs` never writes longer frames: longer ones aren't its own. */
export const longestFrame = 256 * 1024;

const lost =
  'The function wrote to file descriptor 3, which carries its log. Anything it logs from now on is lost. Write to another one.';

/**
 * Reads the frames of `log-channel.mjs`: one byte for the kind, four for the length, the content. Every byte is
 * processed only once, however small the received pieces are.
 */
export class FrameReader {
  readonly #head = Buffer.alloc(header);
  #headLength = 0;
  /** The current frame's content, once its header is complete. */
  #content: Buffer | undefined;
  #filled = 0;
  #isLost = false;
  /** The number of received bytes, to compare with what the process says it wrote. */
  received = 0;

  read(chunk: Buffer): Frame[] {
    this.received += chunk.length;
    const frames: Frame[] = [];
    for (let at = 0; at < chunk.length && !this.#isLost; ) {
      at += this.#content === undefined ? this.#takeHead(chunk, at, frames) : this.#takeContent(chunk, at, frames);
    }
    return frames;
  }

  #takeHead(chunk: Buffer, at: number, frames: Frame[]): number {
    const taken = chunk.copy(this.#head, this.#headLength, at, at + header - this.#headLength);
    this.#headLength += taken;
    if (this.#headLength < header) return taken;
    const length = this.#head.readUInt32LE(1);
    if (kinds[this.#head[0] ?? 0] === undefined || length > longestFrame) {
      this.#isLost = true;
      frames.push({ kind: 'event', content: lost });
      return taken;
    }
    this.#headLength = 0;
    this.#content = Buffer.allocUnsafe(length);
    this.#filled = 0;
    if (length === 0) this.#finish(this.#content, frames);
    return taken;
  }

  #takeContent(chunk: Buffer, at: number, frames: Frame[]): number {
    const content = this.#content ?? Buffer.alloc(0);
    const taken = chunk.copy(content, this.#filled, at, at + content.length - this.#filled);
    this.#filled += taken;
    if (this.#filled === content.length) this.#finish(content, frames);
    return taken;
  }

  #finish(content: Buffer, frames: Frame[]): void {
    frames.push({ kind: kinds[this.#head[0] ?? 0] ?? 'text', content: content.toString('utf8') });
    this.#content = undefined;
  }
}
