import { AwsError } from '../../calls/errors.ts';
import type { Tables } from './tables.ts';

/** How long a limit lasts at most, in milliseconds: whoever set it may have been killed. */
const LONGEST = 120_000;

/** What happens to the reads of a table. */
interface Limit {
  /** How many items each returns at most. */
  readonly items: number;
  /** From which read on they fail, counted from 1. */
  readonly failsFrom?: number | undefined;
  /** How many of them fail, if not all. */
  readonly most?: number | undefined;
  /** The name of the error with which they fail; one that SDKs don't try again unless given. */
  readonly error?: string | undefined;
}

/**
 * Tables whose reads can be limited to few items at once on request, as if the items were large: a page of DynamoDB has
 * 1 MB, and most indexes need thousands of items for that. The later ones of these reads can fail.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.Pagination.html
 */
export class LimitedReads implements Tables {
  readonly #tables: Tables;
  readonly #limits = new Map<string, Limit & { readonly until: number; times: number }>();

  constructor(tables: Tables) {
    this.#tables = tables;
  }

  /** Limits each Query and Scan of a table; removes the limit if `limit` is undefined. */
  limit(table: string, limit?: Limit): void {
    if (limit === undefined) this.#limits.delete(table);
    else this.#limits.set(table, { ...limit, until: performance.now() + LONGEST, times: 0 });
  }

  async perform(scope: Parameters<Tables['perform']>[0], operation: string, input: object): Promise<object> {
    const { TableName = '', Limit = Number.POSITIVE_INFINITY } = input as { TableName?: string; Limit?: number };
    const limit = /^(Query|Scan)$/.test(operation) ? this.#limits.get(TableName) : undefined;
    if (limit === undefined || performance.now() >= limit.until) return this.#tables.perform(scope, operation, input);
    limit.times += 1;
    const { failsFrom = Number.POSITIVE_INFINITY, most = Number.POSITIVE_INFINITY } = limit;
    if (limit.times >= failsFrom && limit.times < failsFrom + most) {
      const name = limit.error ?? 'ValidationException';
      throw new AwsError(name, 'This read fails on request.', name === 'InternalServerError' ? 500 : 400);
    }
    // An invalid limit stays: DynamoDB rejects it.
    const limited = Limit > limit.items ? { ...input, Limit: limit.items } : input;
    return this.#tables.perform(scope, operation, limited);
  }

  prepare(scope: Parameters<Tables['prepare']>[0]): void {
    this.#tables.prepare(scope);
  }

  close(): Promise<void> {
    return this.#tables.close();
  }
}
