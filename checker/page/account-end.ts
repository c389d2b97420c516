import { setTimeout as wait } from 'node:timers/promises';
import { announcedOwner } from '../aws/practice.ts';
import type { Target } from '../aws/target.ts';
import { isAlive } from '../process/is-alive.ts';

/** How often to look, and how long a stopped account has to start again, in milliseconds. */
const HEARTBEAT = 1_000;
const GRACE = 20_000;

export interface AccountEndOptions {
  readonly root: string;
  readonly signal: AbortSignal;
  /** Shows that the account has stopped, or is running again. */
  readonly print: (line: string) => void;
}

/**
 * Resolves when a practice account that another process runs has stopped and isn't started again within the grace
 * period: `stopped` if somebody asked it to, `lost` if its process is gone. Resolves with undefined once the signal is
 * aborted; AWS, and an account in this process, never end before.
 */
export async function accountEnd(
  { kind, endsWithCommand = false }: Pick<Target, 'kind' | 'endsWithCommand'>,
  { root, signal, print }: AccountEndOptions,
): Promise<'stopped' | 'lost' | undefined> {
  const isElsewhere = kind === 'practice' && !endsWithCommand;
  let goneAt: number | undefined;
  for (;;) {
    // An endless pause still ends with the signal.
    await wait(isElsewhere ? HEARTBEAT : 2 ** 31 - 1, undefined, { signal }).catch(() => {});
    if (signal.aborted) return undefined;
    const owner = await announcedOwner(root);
    const state = owner?.lasting !== true ? 'stopped' : isAlive(owner.pid) ? 'there' : 'lost';
    if (state === 'there') {
      if (goneAt !== undefined) print('The practice account is running again.');
      goneAt = undefined;
    } else if (goneAt === undefined) {
      goneAt = performance.now();
      print(
        `The practice account has ${state === 'stopped' ? 'stopped' : 'ended unexpectedly'}. This command ends in ${GRACE / 1000} s, unless \`npx lab sandbox start\` restarts it.`,
      );
    } else if (performance.now() - goneAt > GRACE) return state;
  }
}
