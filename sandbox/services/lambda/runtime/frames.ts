import { largestAnswer } from './outcome.ts';

/**
 * Received from a function's process: a console event, text that it wrote to a stream, an invocation's result, why the
 * process ends, that it is ready for its first invocation, or that it ends before it began the one it got.
 */
export interface Frame {
  readonly kind: 'event' | 'text' | 'response' | 'error' | 'crash' | 'ready' | 'stale';
  readonly content: string;
}

const header = 5;
const kinds: Readonly<Record<number, Frame['kind']>> = {
  1: 'event',
  2: 'text',
  3: 'response',
  4: 'error',
  5: 'crash',
  6: 'ready',
  7: 'stale',
};

/** `log-channel.cjs` never writes longer frames: longer ones aren't its own. */
export const longestFrame = 256 * 1024;

/** How much is kept of an answer: with the line before it, enough to see that it is too large. */
const mostKept = largestAnswer + 100;

const lost =
  'The function wrote to file descriptor 3, which carries its log and its answers. Its process was ended. Write to another one.';

/**
 * Reads the frames of `channel.cjs`: one byte for the kind, four for the length, the content. Every byte is
 * processed only once, however small the received pieces are.
 */
export class FrameReader {
  readonly #head = Buffer.alloc(header);
  #headLength = 0;
  /** The current frame's content, once its header is complete. */
  #content: Buffer | undefined;
  #filled = 0;
  /** How much of the current frame is still to come. */
  #left = 0;
  #isLost = false;

  /** Whether the process wrote anything else than frames. Nothing after it can be read. */
  get isLost(): boolean {
    return this.#isLost;
  }

  read(chunk: Buffer): Frame[] {
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
    const kind = kinds[this.#head[0] ?? 0];
    const isOutput = kind === 'event' || kind === 'text';
    if (kind === undefined || (isOutput && length > longestFrame)) {
      this.#isLost = true;
      frames.push({ kind: 'event', content: lost });
      return taken;
    }
    this.#headLength = 0;
    this.#content = Buffer.allocUnsafe(Math.min(length, mostKept));
    this.#filled = 0;
    this.#left = length;
    if (length === 0) this.#finish(this.#content, frames);
    return taken;
  }

  #takeContent(chunk: Buffer, at: number, frames: Frame[]): number {
    const content = this.#content ?? Buffer.alloc(0);
    const taken = Math.min(this.#left, chunk.length - at);
    this.#filled += chunk.copy(content, this.#filled, at, at + taken);
    this.#left -= taken;
    if (this.#left === 0) this.#finish(content, frames);
    return taken;
  }

  #finish(content: Buffer, frames: Frame[]): void {
    frames.push({ kind: kinds[this.#head[0] ?? 0] ?? 'text', content: content.toString('utf8') });
    this.#content = undefined;
  }
}
