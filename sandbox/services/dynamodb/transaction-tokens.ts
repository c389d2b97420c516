import { AwsError } from '../../calls/errors.ts';
import type { DynaliteDb } from './dynalite.ts';

/** How long a token is valid after its transaction, in milliseconds. */
const VALID = 10 * 60_000;

const prefix = 'transaction~';
const end = 'transaction\u007f';

interface Completed {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Identifies the transaction's parameters. */
  readonly digest: string;
}

/**
 * The client request tokens of recent transactions: a client that got no answer sends its transaction again, and that
 * must not have its effect twice
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html). They are stored together
 * with the changes.
 */
export class TransactionTokens {
  readonly #db: Pick<DynaliteDb, 'iterator'>;
  readonly #running = new Set<string>();
  /** The oldest first. */
  #completed: Promise<Map<string, Completed>> | undefined;
  /** Tokens that are still stored, but no longer valid. */
  readonly #expired = new Set<string>();

  constructor(db: Pick<DynaliteDb, 'iterator'>) {
    this.#db = db;
  }

  /**
   * Runs a transaction, or `again` if it has been completed with this token. `run` gets the changes that store the
   * token and delete expired ones. Throws DynamoDB's errors for a token that was used for another transaction, or that
   * is in use.
   */
  async once<Output>(
    { token, digest, now }: { readonly token: string | undefined; readonly digest: string; readonly now: number },
    { run, again }: { run: (changes: readonly object[]) => Promise<Output>; again: () => Promise<Output> },
  ): Promise<Output> {
    if (token === undefined) return run([]);
    this.#completed ??= this.#load();
    const completed = await this.#completed;
    for (const [key, { at }] of completed) {
      if (at > now - VALID) break;
      completed.delete(key);
      this.#expired.add(key);
    }
    const earlier = completed.get(token);
    if (earlier !== undefined && earlier.digest !== digest) throw mismatch();
    if (earlier !== undefined) return again();
    if (this.#running.has(token)) throw inProgress();
    this.#running.add(token);
    this.#expired.delete(token);
    try {
      const value: Completed = { at: now, digest };
      const expired = [...this.#expired];
      const deletions = expired.map((each) => ({ type: 'del', key: prefix + each }));
      const output = await run([...deletions, { type: 'put', key: prefix + token, value }]);
      completed.set(token, value);
      for (const each of expired) this.#expired.delete(each);
      return output;
    } finally {
      this.#running.delete(token);
    }
  }

  /** Reads the stored tokens. */
  async #load(): Promise<Map<string, Completed>> {
    const stored = (await this.#db.iterator({ gte: prefix, lt: end }).all()) as Array<[string, Completed]>;
    const sorted = stored.sort(([, one], [, other]) => one.at - other.at);
    return new Map(sorted.map(([key, value]) => [key.slice(prefix.length), value]));
  }
}

function mismatch(): AwsError {
  return new AwsError(
    'IdempotentParameterMismatchException',
    'The request uses the same client token as a previous, but non-identical request. Do not reuse a client token with different requests, unless the requests are identical.',
  );
}

function inProgress(): AwsError {
  return new AwsError(
    'TransactionInProgressException',
    'The transaction with the given request token is already in progress.',
  );
}
