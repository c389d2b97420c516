import { ClassicLevel } from 'classic-level';

/** One change to the state; any number of them make a batch. `value` undefined deletes. */
export interface Write {
  readonly scope: string;
  readonly collection: string;
  readonly id: string;
  readonly value: unknown;
}

const separator = '\u0000';

/**
 * The control plane's state: every record in memory, every change in one classic-level database.
 *
 * Reads are synchronous. `commit` changes memory at once and resolves when the batch is on the disk,
 * so an operation that reads, decides and commits without an `await` in between is atomic, and one
 * that awaits its commit before it answers has lost nothing when the process is killed.
 */
export class Store {
  readonly #level: ClassicLevel<string, unknown>;
  readonly #collections = new Map<string, Map<string, unknown>>();

  private constructor(level: ClassicLevel<string, unknown>) {
    this.#level = level;
  }

  /** Opens the database in `folder` and reads it. Throws `LEVEL_LOCKED` where another process owns it. */
  static async open(folder: string): Promise<Store> {
    const level = new ClassicLevel<string, unknown>(folder, { valueEncoding: 'json' });
    await level.open();
    const store = new Store(level);
    for await (const [key, value] of level.iterator()) {
      const [scope = '', collection = '', ...rest] = key.split(separator);
      // An id may hold a separator of its own.
      store.#apply({ scope, collection, id: rest.join(separator), value });
    }
    return store;
  }

  /** One record, frozen; undefined where there is none. */
  get(scope: string, collection: string, id: string): unknown {
    return this.#collections.get(scope + separator + collection)?.get(id);
  }

  /** The records of a collection with their ids, in the order of their ids. */
  entries(scope: string, collection: string): Array<[id: string, value: unknown]> {
    const records = this.#collections.get(scope + separator + collection);
    if (records === undefined) return [];
    return [...records].sort(([a], [b]) => (a < b ? -1 : 1));
  }

  /** The scopes that hold records of a collection: what start-up walks through. */
  scopes(collection: string): string[] {
    const scopes: string[] = [];
    for (const [key, records] of this.#collections) {
      const [scope = '', name] = key.split(separator);
      if (name === collection && records.size > 0) scopes.push(scope);
    }
    return scopes;
  }

  /** Applies the writes together and resolves when they are on the disk. */
  async commit(writes: readonly Write[]): Promise<void> {
    await this.#write(writes, true);
  }

  /** As `commit`, but does not wait for the disk itself: for what may be lost in a power cut, such as log events. */
  async jot(writes: readonly Write[]): Promise<void> {
    await this.#write(writes, false);
  }

  async close(): Promise<void> {
    await this.#level.close();
  }

  async #write(writes: readonly Write[], sync: boolean): Promise<void> {
    for (const write of writes) this.#apply(write);
    await this.#level.batch(
      writes.map((write) => {
        const key = [write.scope, write.collection, write.id].join(separator);
        return write.value === undefined
          ? { type: 'del' as const, key }
          : { type: 'put' as const, key, value: write.value };
      }),
      { sync },
    );
  }

  #apply(write: Write): void {
    const key = write.scope + separator + write.collection;
    let records = this.#collections.get(key);
    if (records === undefined) {
      records = new Map();
      this.#collections.set(key, records);
    }
    if (write.value === undefined) records.delete(write.id);
    else records.set(write.id, freeze(write.value));
  }
}

/** A frozen record cannot be changed behind the store's back: the attempt throws. */
function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const member of Object.values(value)) freeze(member);
  }
  return value;
}
