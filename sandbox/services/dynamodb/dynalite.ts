import { createRequire } from 'node:module';
import type { TableDescription } from '@aws-sdk/client-dynamodb';
import { type Condition, decidable } from './absence.ts';
import { rejectEmptyIndexKeys, type Validating } from './dynalite-index-keys.ts';

/**
 * The parts of dynalite that are used: its store, its validations and its actions, but neither its server nor its HTTP
 * handler. It uses callbacks and has no types; these describe the used parts of version 4.0.0.
 */
export interface DynaliteStore {
  readonly db: DynaliteDb;
  readonly tableDb: Lockable & { awsAccountId: string; awsRegion: string };
  getItemDb(table: string): Items;
  getIndexDb(type: string, table: string, index: string): Items;
  getTable(name: string, callback: Callback): void;
}

/** Part of the database, of which each key can be locked. */
export interface Lockable {
  /** `work` has to call the function that `release` returns, which then calls `callback`. */
  lock(key: string, work: (release: <F extends (...given: never[]) => void>(callback: F) => F) => void): void;
}

/** The items of a table or of an index, by their keys. */
export interface Items extends Lockable {
  get(key: string, callback: Callback): void;
  put(key: string, value: unknown, callback: Callback): void;
  del(key: string, callback: Callback): void;
}

/** A LevelDB with JSON values. Without a callback, its methods return promises. */
export interface DynaliteDb {
  open(): Promise<void>;
  close(): Promise<void>;
  get: (key: string, callback?: Callback) => Promise<unknown>;
  getSync(key: string): unknown;
  put: (key: string, value: unknown, callback?: Callback) => Promise<unknown>;
  del: (key: string, callback?: Callback) => Promise<unknown>;
  batch: (operations: readonly object[], callback?: Callback) => Promise<unknown>;
  createKeyStream: (range?: object) => NodeJS.EventEmitter;
  createValueStream: (range?: object) => NodeJS.EventEmitter;
  keys(range?: object): { all(): Promise<unknown[]> };
  values(range?: object): { all(): Promise<unknown[]> };
  iterator(range?: object): { all(): Promise<Array<[key: string, value: unknown]>> };
}

export type Callback = (error: unknown, value?: unknown) => void;

/** dynalite's intended failures: DynamoDB's own status and body. */
export interface DynaliteError {
  readonly statusCode: number;
  readonly body: { readonly __type: string; readonly message?: string; readonly Message?: string };
}

export interface DynaliteAction {
  /** The members that the operation supports. */
  readonly types: Readonly<Record<string, unknown>>;
  /** Throws a DynaliteError for input that DynamoDB would reject; otherwise returns a copy. */
  validate(input: object, store: DynaliteStore): object;
  run(store: DynaliteStore, input: object, callback: Callback): void;
}

/** Validated input, with its expressions parsed. */
interface Checked {
  _condition?: { expression: Condition };
  _filter?: { expression: Condition };
}

interface Validations {
  checkTypes(input: object, types: object): Checked;
  checkValidations(input: object, types: object, custom: unknown, store: DynaliteStore): void;
}

const require = createRequire(import.meta.filename);

/** Creates the store of one account and region at a path. Tables change their state immediately. */
export function createStore(path: string): DynaliteStore {
  const db = require('dynalite/db/index.js') as Validating & { create(options: object): DynaliteStore };
  rejectEmptyIndexKeys(db);
  return db.create({ path, createTableMs: 0, updateTableMs: 0, deleteTableMs: 0 });
}

/** A dynalite operation: `PutItem`. Loaded on first use, to keep the start short. */
export function loadAction(operation: string): DynaliteAction {
  const name = operation.charAt(0).toLowerCase() + operation.slice(1);
  const { types: known, custom } = require(`dynalite/validations/${name}.js`) as {
    types: Record<string, unknown>;
    custom: unknown;
  };
  const run = require(`dynalite/actions/${name}.js`) as DynaliteAction['run'];
  // Its Scan reads ConsistentRead, but doesn't allow it.
  const types = operation === 'Scan' ? { ...known, ConsistentRead: 'Boolean' } : known;
  return {
    types,
    validate(input, store) {
      const checked = check(input, types, store, custom) as Checked;
      for (const parsed of [checked._condition, checked._filter]) {
        if (parsed !== undefined) parsed.expression = decidable(parsed.expression);
      }
      return checked;
    },
    run: operation === 'DeleteTable' ? lockingTable(run) : run,
  };
}

/** Returns a copy of input with these members. Throws a DynaliteError if a type or a value is invalid. */
export function check(
  input: object,
  types: Readonly<Record<string, unknown>>,
  store: DynaliteStore,
  custom?: unknown,
): object {
  const validations = require('dynalite/validations/index.js') as Validations;
  const checked = validations.checkTypes({ ...input }, types);
  validations.checkValidations(checked, types, custom, store);
  return checked;
}

/** dynalite's DeleteTable takes no lock, so it could delete a table that is being changed. */
function lockingTable(run: DynaliteAction['run']): DynaliteAction['run'] {
  return (store, input, callback) => {
    const { TableName } = input as { TableName: string };
    store.tableDb.lock(TableName, (release) => run(store, input, release(callback)));
  };
}

/** Works while a key is locked. */
export function locked<T>(part: Lockable, key: string, work: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    part.lock(key, (release) => {
      work().then(release(resolve), release(reject));
    });
  });
}

/** Writes an item into the table's indexes. */
export function addToIndexes(store: DynaliteStore, table: TableDescription, item: object): Promise<void> {
  const db = require('dynalite/db/index.js') as {
    updateIndexes(store: object, table: object, before: undefined, item: object, callback: Callback): void;
  };
  return new Promise((resolve, reject) => {
    db.updateIndexes(store, table, undefined, item, (error) => (error ? reject(error) : resolve()));
  });
}
