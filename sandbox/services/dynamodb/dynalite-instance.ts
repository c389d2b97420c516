import { AwsError } from '../../calls/errors.ts';
import { createStore, type DynaliteAction, type DynaliteError, type DynaliteStore, loadAction } from './dynalite.ts';
import { fence } from './fence.ts';

/** What takes no lock. */
const reads = new Set(['BatchGetItem', 'DescribeTable', 'GetItem', 'ListTables', 'Query', 'Scan']);

/**
 * dynalite for one account in one region. It is given requests that are whole already, and whatever goes wrong in
 * it is the 500 of the calls it was at. A call that failed so may hold a lock for ever, which is why the instance
 * is then of no more use: `hasFailed` says so, and a new one is opened in its place.
 */
export class DynaliteInstance {
  readonly #store: DynaliteStore;
  readonly #actions = new Map<string, DynaliteAction>();
  /** The calls at work: how each is told that it failed, and whether it may hold a lock then. */
  readonly #pending = new Map<(error: AwsError) => void, { readonly locks: boolean }>();
  readonly #say: (message: string) => void;
  #hasFailed = false;

  private constructor(store: DynaliteStore, say: (message: string) => void) {
    this.#store = store;
    this.#say = say;
  }

  static async open(
    path: string,
    { accountId, region }: { readonly accountId: string; readonly region: string },
    say: (message: string) => void,
  ): Promise<DynaliteInstance> {
    const store = createStore(path);
    const instance = new DynaliteInstance(store, say);
    store.tableDb.awsAccountId = accountId;
    store.tableDb.awsRegion = region;
    await store.db.open();
    fence(store.db, (error) => instance.#fail(error));
    await instance.#settle();
    return instance;
  }

  get hasFailed(): boolean {
    return this.#hasFailed;
  }

  /** The members that an operation takes. */
  members(operation: string): Readonly<Record<string, unknown>> {
    return this.#action(operation).types;
  }

  /** Performs an operation. Rejects with an AwsError, of DynamoDB's own codes or InternalServerError. */
  perform(operation: string, input: object): Promise<object> {
    const { promise, resolve, reject } = deferred();
    this.#pending.set(reject, { locks: !reads.has(operation) });
    try {
      const action = this.#action(operation);
      action.run(this.#store, action.validate(input, this.#store), (error, output) => {
        if (!error) resolve((output ?? {}) as object);
        else if (isDynaliteError(error)) reject(toAwsError(error));
        else this.#fail(error);
      });
    } catch (error) {
      if (isDynaliteError(error)) reject(toAwsError(error));
      else this.#fail(error);
    }
    return promise.finally(() => this.#pending.delete(reject));
  }

  async close(): Promise<void> {
    await this.#store.db.close();
  }

  #action(operation: string): DynaliteAction {
    let action = this.#actions.get(operation);
    if (action === undefined) {
      action = loadAction(operation);
      this.#actions.set(operation, action);
    }
    return action;
  }

  /** Which call failed is not known here, but if all at work only read, nothing is locked and the instance is good. */
  #fail(error: unknown): void {
    this.#hasFailed ||= [...this.#pending.values()].some(({ locks }) => locks);
    this.#say(`The practice account's DynamoDB failed: ${error instanceof Error ? error.stack : error}`);
    for (const reject of this.#pending.keys()) {
      reject(
        new AwsError('InternalServerError', 'The request processing has failed because of an internal error.', 500),
      );
    }
  }

  /** Ends what the end of the last process left half done: a table that was being made is there, one going is gone. */
  async #settle(): Promise<void> {
    const tables = await this.#store.db.iterator({ gte: 'table~', lt: 'table~\u00ff' }).all();
    for (const [key, value] of tables) {
      const table = value as { TableStatus: string; GlobalSecondaryIndexes?: object[] };
      if (table.TableStatus === 'ACTIVE') continue;
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
