import { createRequire } from 'node:module';
import type { TableDescription } from '@aws-sdk/client-dynamodb';
import { type DynaliteStore, type Items, loadAction } from './dynalite.ts';
import type { PartInput } from './transaction-parts.ts';

const require = createRequire(import.meta.filename);

type Invalid = Error | null | undefined;

/** The parts of dynalite that transactions use besides its actions. */
interface Db {
  createKey(item: object, table: object): string;
  itemSize(item: object): number;
  validateItem(item: object, table: object): Invalid;
  validateKey(key: object, table: object): Invalid;
}

/** Returns a table. Rejects with a DynaliteError if it doesn't exist. */
export function tableIn(store: DynaliteStore, name: string): Promise<TableDescription> {
  return new Promise((resolve, reject) => {
    store.getTable(name, (error, table) => (error ? reject(error) : resolve(table as TableDescription)));
  });
}

/**
 * Returns the key of a request's item as the database has it. Throws a DynaliteError if it isn't the table's kind of
 * key.
 */
export function storedKeyOf({ Item, Key = {} }: PartInput, table: TableDescription): string {
  const db = loadDb();
  const invalid = Item === undefined ? db.validateKey(Key, table) : db.validateItem(Item, table);
  if (invalid) throw invalid;
  return db.createKey(Item ?? Key, table);
}

/** Returns the size of an item or of some of its attributes, in bytes. */
export function sizeOf(item: object): number {
  return loadDb().itemSize(item);
}

/** Runs an action with validated input. */
export function perform(store: DynaliteStore, operation: string, input: object): Promise<object> {
  return new Promise((resolve, reject) => {
    loadAction(operation).run(store, input, (error, output) => (error ? reject(error) : resolve(output as object)));
  });
}

/** Returns a store for actions whose items are locked already. It collects their changes instead of making them. */
export function collecting(store: DynaliteStore, changes: object[]): DynaliteStore {
  const part = (items: Items, prefix: string): Items => ({
    lock: (_key, work) => work((callback) => callback),
    get: (key, callback) => items.get(key, callback),
    put(key, value, callback) {
      changes.push({ type: 'put', key: `${prefix}~${key}`, value });
      callback(null);
    },
    del(key, callback) {
      changes.push({ type: 'del', key: `${prefix}~${key}` });
      callback(null);
    },
  });
  return {
    ...store,
    getItemDb: (table) => part(store.getItemDb(table), `item-${table}`),
    getIndexDb: (type, table, index) =>
      part(store.getIndexDb(type, table, index), `index-${type.toLowerCase()}~${table}~${index}`),
  };
}

function loadDb(): Db {
  return require('dynalite/db/index.js') as Db;
}
