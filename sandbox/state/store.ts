import { createHash } from 'node:crypto';
import { ClassicLevel } from 'classic-level';
import { Acknowledged } from './acknowledged.ts';
import { DamagedStateError } from './damaged-state-error.ts';
import { sealChildren } from './seal-children.ts';
import { UnwritableStateError } from './unwritable-state-error.ts';

/** One change to the state; any number of them form a batch. An undefined `value` deletes. */
export interface Write {
  readonly scope: string;
  readonly collection: string;
  readonly id: string;
  readonly value: unknown;
}

/** A write, and the previous record. */
export interface Change extends Write {
  readonly before: unknown;
}

/** Writes that wait for the disk, and their waiters. */
interface Waiting {
  readonly writes: readonly Write[];
  readonly sync: boolean;
  resolve(): void;
  reject(error: unknown): void;
}

const separator = '\u0000';

/** The key of the checksum over all records, updated by every batch. No record has it: theirs contain separators. */
const sumKey = 'sum';

/**
 * The control plane's state: every record in memory, every change in one classic-level database. LevelDB silently skips
 * what it can't read, so a checksum over all records shows on opening whether they are complete. Reads are synchronous.
 * `commit` changes memory immediately and resolves when the batch is on disk, so an operation that reads, decides and
 * commits without an `await` in between is atomic, and one that awaits its commit before it answers loses nothing when
 * the process is killed.
 */
export class Store {
  readonly #level: ClassicLevel<string, unknown>;
  readonly #acknowledged: Acknowledged;
  readonly #collections = new Map<string, Map<string, unknown>>();
  #sum = 0n;
  #line: Waiting[] = [];
  #writing: Promise<void> | undefined;
  /** The latest commit. Those before it are on disk no later. */
  #committed = Promise.resolve();
  /** Why nothing can be written anymore: memory has been ahead of the disk since. */
  #broken: UnwritableStateError | undefined;
  /** Called once, when a write failed. */
  onBroken: (error: UnwritableStateError) => void = () => {};
  /** Called with each batch when it is applied; undefined if nobody needs to know. */
  onChange: ((changes: readonly Change[]) => void) | undefined;

  private constructor(level: ClassicLevel<string, unknown>, acknowledged: Acknowledged) {
    this.#level = level;
    this.#acknowledged = acknowledged;
  }

  /**
   * Opens the database in `folder` and reads it. Throws `LEVEL_LOCKED` if another process owns it, and
   * `DamagedStateError` if records are missing or changed.
   */
  static async open(folder: string): Promise<Store> {
    sealChildren();
    const acknowledged = await Acknowledged.check(folder, { synced: true });
    const level = new ClassicLevel<string, unknown>(folder, { valueEncoding: 'json' });
    await level.open();
    const store = new Store(level, acknowledged);
    let sum: unknown;
    for await (const [key, value] of level.iterator()) {
      if (key === sumKey) {
        sum = value;
        continue;
      }
      const [scope = '', collection = '', ...rest] = key.split(separator);
      // An id can contain a separator.
      store.#apply({ scope, collection, id: rest.join(separator), value });
    }
    if ((sum ?? '0') !== String(store.#sum)) {
      await level.close();
      throw new DamagedStateError(`Records of ${folder} are missing or changed.`);
    }
    return store;
  }

  /** One record, frozen; undefined if it doesn't exist. */
  get(scope: string, collection: string, id: string): unknown {
    return this.#collections.get(scope + separator + collection)?.get(id);
  }

  /** A collection's records with their ids, sorted by id. */
  entries(scope: string, collection: string): Array<[id: string, value: unknown]> {
    const records = this.#collections.get(scope + separator + collection);
    if (records === undefined) return [];
    return [...records].sort(([a], [b]) => (a < b ? -1 : 1));
  }

  /** The scopes that contain records of a collection, for start-up. */
  scopes(collection: string): string[] {
    const scopes: string[] = [];
    for (const [key, records] of this.#collections) {
      const [scope = '', name] = key.split(separator);
      if (name === collection && records.size > 0) scopes.push(scope);
    }
    return scopes;
  }

  /** Every record, of whatever kind. */
  *records(): Iterable<unknown> {
    for (const collection of this.#collections.values()) yield* collection.values();
  }

  /** Applies the writes together and resolves when they are on disk. */
  async commit(writes: readonly Write[]): Promise<void> {
    this.#committed = this.#write(writes, true);
    await this.#committed;
  }

  /**
   * Resolves when everything that was committed until now is on disk, and rejects if it can't be. The answer to a call
   * waits for it: after a kill, it must still be true.
   */
  untilCommitted(): Promise<void> {
    return this.#committed;
  }

  /**
   * Like `commit`, but doesn't wait for the disk: for writes that may be lost in a power failure, such as log events.
   */
  async jot(writes: readonly Write[]): Promise<void> {
    await this.#write(writes, false);
  }

  /** Throws after a failed write: then memory isn't what a restart would find. */
  requireWhole(): void {
    if (this.#broken !== undefined) throw this.#broken;
  }

  async close(): Promise<void> {
    await this.#writing;
    await this.#level.close();
    this.#acknowledged.close();
  }

  #write(writes: readonly Write[], sync: boolean): Promise<void> {
    if (this.#broken !== undefined) return Promise.reject(this.#broken);
    this.onChange?.(writes.map((write) => ({ ...write, before: this.get(write.scope, write.collection, write.id) })));
    for (const write of writes) this.#apply(write);
    return new Promise((resolve, reject) => {
      this.#line.push({ writes, sync, resolve, reject });
      this.#writing ??= this.#drain();
    });
  }

  /**
   * Writes one batch after another: LevelDB doesn't guarantee the order of concurrent ones. Writes that arrive
   * meanwhile form the next one.
   */
  async #drain(): Promise<void> {
    while (this.#line.length > 0) {
      const group = this.#line.splice(0);
      try {
        if (this.#broken !== undefined) throw this.#broken;
        const records = group.flatMap(({ writes }) => writes).map(toOperation);
        const sum = { type: 'put' as const, key: sumKey, value: String(this.#sum) };
        const sync = group.some((waiting) => waiting.sync);
        await this.#level.batch([...records, sum], { sync });
        this.#acknowledged.add(records.length + 1, sync);
        for (const { resolve } of group) resolve();
      } catch (error) {
        if (this.#broken === undefined) {
          this.#broken = new UnwritableStateError(error as Error);
          this.onBroken(this.#broken);
        }
        for (const { reject } of group) reject(this.#broken);
      }
    }
    this.#writing = undefined;
  }

  #apply(write: Write): void {
    const key = write.scope + separator + write.collection;
    let records = this.#collections.get(key);
    if (records === undefined) {
      records = new Map();
      this.#collections.set(key, records);
    }
    this.#sum ^= weight(write, records.get(write.id)) ^ weight(write, write.value);
    if (write.value === undefined) records.delete(write.id);
    else records.set(write.id, freeze(write.value));
  }
}

function toOperation(write: Write) {
  const key = keyOf(write);
  return write.value === undefined ? { type: 'del' as const, key } : { type: 'put' as const, key, value: write.value };
}

function keyOf({ scope, collection, id }: Write): string {
  return [scope, collection, id].join(separator);
}

/** Returns a record's part of the checksum: order doesn't matter, so a change costs one record's hash. */
function weight(write: Write, value: unknown): bigint {
  if (value === undefined) return 0n;
  const hash = createHash('sha1').update(keyOf(write)).update(separator).update(JSON.stringify(value)).digest();
  return hash.readBigUInt64LE();
}

/** A frozen record can't be changed behind the store's back: the attempt throws. */
function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const member of Object.values(value)) freeze(member);
  }
  return value;
}
