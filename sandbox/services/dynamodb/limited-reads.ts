import type { Tables } from './tables.ts';

/** How long a limit lasts at most, in milliseconds: whoever set it may have been killed. */
const LONGEST = 120_000;

/**
 * Tables whose reads can be limited to few items at once on request, as if the items were large: a page of DynamoDB has
 * 1 MB, and most indexes need thousands of items for that.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.Pagination.html
 */
export class LimitedReads implements Tables {
  readonly #tables: Tables;
  readonly #limits = new Map<string, { readonly items: number; readonly until: number }>();

  constructor(tables: Tables) {
    this.#tables = tables;
  }

  /** Limits each Query and Scan of a table to so many items; removes the limit if `items` is undefined. */
  limit(table: string, items?: number): void {
    if (items === undefined) this.#limits.delete(table);
    else this.#limits.set(table, { items, until: performance.now() + LONGEST });
  }

  perform(scope: Parameters<Tables['perform']>[0], operation: string, input: object): Promise<object> {
    const { TableName = '', Limit = Number.POSITIVE_INFINITY } = input as { TableName?: string; Limit?: number };
    const { items = Number.POSITIVE_INFINITY, until = 0 } = this.#limits.get(TableName) ?? {};
    const isLimited = /^(Query|Scan)$/.test(operation) && performance.now() < until;
    // An invalid limit stays: DynamoDB rejects it.
    const limited = isLimited && Limit > items ? { ...input, Limit: items } : input;
    return this.#tables.perform(scope, operation, limited);
  }

  prepare(scope: Parameters<Tables['prepare']>[0]): void {
    this.#tables.prepare(scope);
  }

  close(): Promise<void> {
    return this.#tables.close();
  }
}
