import type { DynaliteDb } from './dynalite.ts';

/** How much is remembered, in characters of JSON. */
const most = 256 * 1024;

/**
 * Reads ranges of a database and remembers them until something is written: a chat room reads everyone's rows for each
 * message, and each such read would wait for a libuv thread twice.
 */
export class Ranges {
  readonly #db: DynaliteDb;
  readonly #read = new Map<string, readonly string[]>();
  #size = 0;
  #writing = 0;
  /** Changes whenever a write begins or ends. */
  #turn = 0;

  constructor(db: DynaliteDb) {
    this.#db = db;
  }

  /** Writes; what is read meanwhile isn't remembered. */
  async whileWriting(write: () => Promise<unknown>): Promise<void> {
    this.#writing += 1;
    this.#forget();
    try {
      await write();
    } finally {
      this.#writing -= 1;
      this.#forget();
    }
  }

  /** Returns the values of a range, each time as new objects. */
  async values(range: object = {}): Promise<unknown[]> {
    const key = JSON.stringify(range);
    const known = this.#read.get(key);
    if (known !== undefined) return known.map((text) => JSON.parse(text));
    const turn = this.#turn;
    const texts = (await this.#db.values({ ...range, valueEncoding: 'utf8' }).all()) as string[];
    if (this.#writing === 0 && turn === this.#turn) this.#remember(key, texts);
    return texts.map((text) => JSON.parse(text));
  }

  #remember(key: string, texts: readonly string[]): void {
    const size = texts.reduce((sum, text) => sum + text.length, key.length);
    if (this.#size + size > most) this.#forget();
    if (size > most) return;
    this.#read.set(key, texts);
    this.#size += size;
  }

  #forget(): void {
    this.#turn += 1;
    this.#read.clear();
    this.#size = 0;
  }
}
