import { type Apart, openAccountApart } from '../aws/apart.ts';
import type { Target } from '../aws/target.ts';
import { stackNameOf } from '../checking/subject.ts';
import { observeStack } from '../observe/stack.ts';
import { removeRows, rowsIn, tablesOf } from '../probe/rows.ts';
import { provingClock } from './long-ago.ts';
import { idsWithSharedKeys } from './shared-keys.ts';

/**
 * A practice account for one variant after another. Those of one lab are deployed over each other, as a learner does:
 * functions that don't change stay warm. Under weather each gets a new account, so it has the same weather alone as
 * among others.
 */
export class ProvingAccount {
  readonly #seed: number | undefined;
  #open: { readonly lab: string; readonly account: Apart } | undefined;

  /** `seed` is that of AWS's weather; without it, the account is calm. */
  constructor(seed?: number) {
    this.#seed = seed;
  }

  /**
   * Returns the account with the lab's last variant and its tables emptied; undefined before the lab's first variant.
   */
  async used(lab: string): Promise<Target | undefined> {
    if (this.#open?.lab !== lab || this.#seed !== undefined) return undefined;
    const { target } = this.#open.account;
    const { resources } = await observeStack(target, stackNameOf(lab));
    for (const table of tablesOf({ resources })) await removeRows({ target }, table, await rowsIn({ target }, table));
    return target;
  }

  /** Returns a new account instead of the last one. */
  async renewed(lab: string, variant: string): Promise<Target> {
    await this.close();
    const weather = this.#seed === undefined ? undefined : { seed: `${this.#seed} ${lab} ${variant}` };
    const account = await openAccountApart({
      command: 'lab prove',
      ids: idsWithSharedKeys(),
      weather,
      ...provingClock(),
    });
    this.#open = { lab, account };
    return account.target;
  }

  /** Deletes the account, if there is one. */
  async close(): Promise<void> {
    const open = this.#open;
    this.#open = undefined;
    await open?.account.close();
  }
}
