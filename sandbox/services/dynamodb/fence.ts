import { Stream } from 'node:stream';
import type { Callback, DynaliteDb } from './dynalite.ts';
import { Ranges } from './ranges.ts';

/**
 * Isolates everything that dynalite does asynchronously: all of it happens in callbacks of its database, and an error
 * thrown there goes to `onFailure` instead of ending the process. `onWritten` gets the number of changes that the
 * database has made.
 */
export function fence(db: DynaliteDb, onFailure: (error: unknown) => void, onWritten: (changes: number) => void): void {
  const [put, del, batch] = [db.put, db.del, db.batch].map((method) => method.bind(db)) as [
    DynaliteDb['put'],
    DynaliteDb['del'],
    DynaliteDb['batch'],
  ];

  async function answer(operation: Promise<unknown>, callback: Callback | undefined): Promise<unknown> {
    if (callback === undefined) return operation;
    let error: unknown = null;
    let value: unknown;
    try {
      value = await operation;
    } catch (caught) {
      error = caught;
    }
    try {
      callback(error, value);
    } catch (thrown) {
      onFailure(thrown);
    }
    return undefined;
  }

  // Every operation reads its table first: reading from memory is faster than a libuv thread.
  const read = async (key: string) => db.getSync(key);
  db.get = (key, callback) => answer(read(key), callback);
  const ranges = new Ranges(db);
  const write = (changes: number, operation: () => Promise<unknown>, callback: Callback | undefined) =>
    answer(
      ranges.whileWriting(operation).then(() => onWritten(changes)),
      callback,
    );
  db.put = (key, value, callback) => write(1, () => put(key, value), callback);
  db.del = (key, callback) => write(1, () => del(key), callback);
  db.batch = (operations, callback) => write(operations.length, () => batch(operations), callback);
  db.createKeyStream = (range) => new Entries(() => db.keys(range).all(), onFailure);
  db.createValueStream = (range) => new Entries(() => ranges.values(range), onFailure);
}

/** A range of keys or values as the old kind of stream that dynalite uses: read at once, then emitted. */
class Entries extends Stream {
  #isDestroyed = false;

  constructor(read: () => Promise<unknown[]>, onFailure: (error: unknown) => void) {
    super();
    this.#tell(read).catch(onFailure);
  }

  destroy(): void {
    this.#isDestroyed = true;
  }

  async #tell(read: () => Promise<unknown[]>): Promise<void> {
    for (const entry of await read()) {
      if (this.#isDestroyed) break;
      this.emit('data', entry);
    }
    this.emit('end');
  }
}
