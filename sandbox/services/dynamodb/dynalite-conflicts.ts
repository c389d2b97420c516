import { AwsError } from '../../calls/errors.ts';
import { type DynaliteAction, type DynaliteStore, loadAction } from './dynalite.ts';
import { perform, storedKeyOf, tableIn } from './dynalite-items.ts';
import { cancelled, type LocatedPart, none, placeOf } from './dynalite-transaction.ts';
import type { PartInput } from './transaction-parts.ts';

type Located = Pick<LocatedPart, 'table' | 'key'>;

const ongoing = 'Transaction is ongoing for the item';
const conflict = { Code: 'TransactionConflict', Message: ongoing };

/**
 * The items of transactions in progress, in an account where others don't wait for them
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html#transaction-conflict-handling).
 */
export class Conflicts {
  readonly #written = new Set<string>();

  /**
   * Runs a transaction that writes items. Throws TransactionCanceledException if another one is writing some of them.
   */
  async writing<T>(parts: readonly Located[], run: () => Promise<T>): Promise<T> {
    this.requireNone(parts);
    const places = parts.map(placeOf);
    for (const place of places) this.#written.add(place);
    try {
      return await run();
    } finally {
      for (const place of places) this.#written.delete(place);
    }
  }

  /** Throws TransactionCanceledException if a transaction is writing some of the items. */
  requireNone(parts: readonly Located[]): void {
    const reasons = parts.map((part) => (this.#written.has(placeOf(part)) ? conflict : none));
    if (reasons.includes(conflict)) throw cancelled(reasons);
  }

  /** Returns dynalite's action for writing one item. It rejects an item that a transaction is writing. */
  singleWrite(operation: 'DeleteItem' | 'PutItem' | 'UpdateItem'): DynaliteAction {
    const action = loadAction(operation);
    const run = async (store: DynaliteStore, input: object) => {
      const place = await placeIn(store, input);
      if (place !== undefined && this.#written.has(place)) throw new AwsError('TransactionConflictException', ongoing);
      return perform(store, operation, input);
    };
    return {
      ...action,
      run(store, input, callback) {
        run(store, input).then((output) => callback(undefined, output), callback);
      },
    };
  }
}

/** Returns the place of a request's item; undefined if the request is invalid. The operation itself says why. */
async function placeIn(store: DynaliteStore, input: PartInput): Promise<string | undefined> {
  try {
    const table = await tableIn(store, input.TableName ?? '');
    return placeOf({ table, key: storedKeyOf(input, table) });
  } catch {
    return undefined;
  }
}
