import { setTimeout as wait } from 'node:timers/promises';
import type { Target } from '../aws/target.ts';
import { accountState } from '../watch/account.ts';

type Account = Pick<Target, 'kind' | 'endsWithCommand' | 'environment'>;

export interface AccountEndOptions {
  readonly root: string;
  /** Returns the account at its current port: a restart can change it. Rejects if it isn't running. */
  readonly follow: () => Promise<Account>;
  readonly signal: AbortSignal;
  /** Shows that the account has stopped, or is running again. */
  readonly print: (line: string) => void;
  /** How often to look, in milliseconds. */
  readonly heartbeat?: number;
  /** How long a stopped account has to start again, in milliseconds. */
  readonly grace?: number;
}

/**
 * Resolves when a practice account that another process runs has stopped and isn't started again within the grace
 * period: `stopped` if somebody asked it to, `lost` if its process is gone. Resolves with undefined once the signal is
 * aborted; AWS, and an account in this process, never end before.
 */
export async function accountEnd(
  target: Account,
  { root, follow, signal, print, heartbeat = 1_000, grace = 20_000 }: AccountEndOptions,
): Promise<'stopped' | 'lost' | undefined> {
  const isElsewhere = target.kind === 'practice' && target.endsWithCommand !== true;
  let current = target;
  let goneAt: number | undefined;
  for (;;) {
    // An endless pause still ends with the signal.
    await wait(isElsewhere ? heartbeat : 2 ** 31 - 1, undefined, { signal }).catch(() => {});
    if (signal.aborted) return undefined;
    let state = await accountState(root, current);
    if (state === 'lost') {
      current = await follow().catch(() => current);
      state = await accountState(root, current);
    }
    if (state === 'there') {
      if (goneAt !== undefined) print('The practice account is running again.');
      goneAt = undefined;
    } else if (goneAt === undefined) {
      goneAt = performance.now();
      print(
        `The practice account has ${state === 'stopped' ? 'stopped' : 'ended unexpectedly'}. This command ends in ${grace / 1000} s, unless \`npx lab sandbox start\` restarts it.`,
      );
    } else if (performance.now() - goneAt > grace) return state;
  }
}
