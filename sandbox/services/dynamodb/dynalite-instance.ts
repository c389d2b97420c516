import { setImmediate as breathe } from 'node:timers/promises';
import type { TableDescription } from '@aws-sdk/client-dynamodb';
import { AwsError } from '../../calls/errors.ts';
import { Acknowledged } from '../../state/acknowledged.ts';
import { createStore, type DynaliteAction, type DynaliteError, type DynaliteStore, loadAction } from './dynalite.ts';
import { Conflicts } from './dynalite-conflicts.ts';
import { completeIndexes, updateIndex } from './dynalite-index.ts';
import { transactGet } from './dynalite-transact-get.ts';
import { transactWrite } from './dynalite-transact-write.ts';
import { fence } from './fence.ts';

/** Operations that dynalite lacks, or does differently. */
const own: Readonly<Record<string, (conflicts: Conflicts | undefined) => DynaliteAction | undefined>> = {
  DeleteItem: (conflicts) => conflicts?.singleWrite('DeleteItem'),
  PutItem: (conflicts) => conflicts?.singleWrite('PutItem'),
  TransactGetItems: transactGet,
  TransactWriteItems: transactWrite,
  UpdateIndex: () => updateIndex,
  UpdateItem: (conflicts) => conflicts?.singleWrite('UpdateItem'),
};

interface InstanceOptions {
  readonly accountId: string;
  readonly region: string;
  readonly say: (message: string) => void;
  /** Whether operations that meet a transaction on an item are rejected. Otherwise they wait. */
  readonly hasConflicts: boolean;
}

/** Operations that are loaded before a call. */
const usual = ['PutItem', 'Query', 'Scan', 'DeleteItem'];

/** Operations that take no lock. */
const reads = new Set(['BatchGetItem', 'DescribeTable', 'GetItem', 'ListTables', 'Query', 'Scan']);

/**
 * dynalite for one account in one region. It gets complete requests, and any error in it becomes the 500 of the calls
 * in progress. A call that failed this way may hold a lock forever, so the instance becomes unusable: `hasFailed` says
 * so, and a new one is opened.
 */
export class DynaliteInstance {
  readonly #store: DynaliteStore;
  readonly #acknowledged: Acknowledged;
  readonly #actions = new Map<string, DynaliteAction>();
  /** The calls in progress: how to fail each, and whether it may hold a lock then. */
  readonly #pending = new Map<(error: AwsError) => void, { readonly locks: boolean }>();
  readonly #say: (message: string) => void;
  readonly #conflicts: Conflicts | undefined;
  #hasFailed = false;

  private constructor(
    store: DynaliteStore,
    acknowledged: Acknowledged,
    { say, hasConflicts }: Pick<InstanceOptions, 'say' | 'hasConflicts'>,
  ) {
    this.#store = store;
    this.#acknowledged = acknowledged;
    this.#say = say;
    this.#conflicts = hasConflicts ? new Conflicts() : undefined;
  }

  static async open(path: string, options: InstanceOptions): Promise<DynaliteInstance> {
    const { accountId, region } = options;
    const acknowledged = await Acknowledged.check(path, { synced: false });
    const store = createStore(path);
    const instance = new DynaliteInstance(store, acknowledged, options);
    store.tableDb.awsAccountId = accountId;
    store.tableDb.awsRegion = region;
    await store.db.open();
    fence(
      store.db,
      (error) => instance.#fail(error),
      (changes) => acknowledged.add(changes),
    );
    await instance.#settle();
    return instance;
  }

  get hasFailed(): boolean {
    return this.#hasFailed;
  }

  /** Loads what a chat room's functions do with their tables, one operation at a time, so that nothing else waits. */
  async prepare(): Promise<void> {
    for (const operation of usual) {
      this.#action(operation);
      await breathe();
    }
  }

  /** The members that an operation supports. */
  members(operation: string): Readonly<Record<string, unknown>> {
    return this.#action(operation).types;
  }

  /** Performs an operation. Rejects with an AwsError with one of DynamoDB's own codes or InternalServerError. */
  perform(operation: string, input: object): Promise<object> {
    const { promise, resolve, reject } = deferred();
    this.#pending.set(reject, { locks: !reads.has(operation) });
    const fail = (error: unknown) => {
      if (error instanceof AwsError) reject(error);
      else if (isDynaliteError(error)) reject(toAwsError(error));
      else this.#fail(error);
    };
    try {
      const action = this.#action(operation);
      action.run(this.#store, action.validate(input, this.#store), (error, output) => {
        if (error) fail(error);
        else resolve((output ?? {}) as object);
      });
    } catch (error) {
      fail(error);
    }
    return promise.finally(() => this.#pending.delete(reject));
  }

  async close(): Promise<void> {
    await this.#store.db.close();
    this.#acknowledged.close();
  }

  #action(operation: string): DynaliteAction {
    let action = this.#actions.get(operation);
    if (action === undefined) {
      action = own[operation]?.(this.#conflicts) ?? loadAction(operation);
      this.#actions.set(operation, action);
    }
    return action;
  }

  /** It's unknown which call failed, but if all of them only read, nothing is locked and the instance is fine. */
  #fail(error: unknown): void {
    this.#hasFailed ||= [...this.#pending.values()].some(({ locks }) => locks);
    this.#say(`The practice account's DynamoDB failed: ${error instanceof Error ? error.stack : error}`);
    for (const reject of this.#pending.keys()) {
      reject(
        new AwsError('InternalServerError', 'The request processing has failed because of an internal error.', 500),
      );
    }
  }

  /**
   * Finishes the work that the end of the last process interrupted: a table that was being created exists, with its
   * indexes; one that was being deleted is gone.
   */
  async #settle(): Promise<void> {
    const tables = await this.#store.db.iterator({ gte: 'table~', lt: 'table~\u00ff' }).all();
    for (const [key, value] of tables) {
      const table = value as TableDescription;
      if (table.TableStatus === 'ACTIVE') continue;
      await completeIndexes(this.#store, table);
      const indexes = table.GlobalSecondaryIndexes?.map((index) => ({ ...index, IndexStatus: 'ACTIVE' }));
      const active = { ...table, TableStatus: 'ACTIVE', ...(indexes ? { GlobalSecondaryIndexes: indexes } : {}) };
      await this.#store.db.put(key, active);
      if (table.TableStatus === 'DELETING')
        await this.perform('DeleteTable', { TableName: key.slice('table~'.length) });
    }
  }
}

function deferred() {
  let resolve: (output: object) => void = () => {};
  let reject: (error: AwsError) => void = () => {};
  const promise = new Promise<object>((onOutput, onError) => {
    resolve = onOutput;
    reject = onError;
  });
  return { promise, resolve, reject };
}

function isDynaliteError(error: unknown): error is DynaliteError {
  return typeof error === 'object' && error !== null && 'statusCode' in error && 'body' in error;
}

function toAwsError({ statusCode, body }: DynaliteError): AwsError {
  const { __type, message, Message, ...details } = body;
  return new AwsError(__type.split('#').at(-1) ?? __type, message ?? Message ?? '', statusCode, details);
}
