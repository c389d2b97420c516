import { LabError } from '../failures/errors.ts';
import { acquire } from './acquire.ts';
import { chosenTarget } from './chosen.ts';
import { openTarget, targetOf } from './open.ts';
import { practiceIdentity, runningAccount, startPractice, usualPort } from './practice.ts';
import type { Target } from './target.ts';

export interface OpenLasting {
  readonly root: string;
  readonly command: string;
  /** The requested port; undefined uses the default one, or a free one if that is taken. */
  readonly port: number | undefined;
  /** Whether other commands can use the account meanwhile. */
  readonly lasting: boolean;
  readonly say: (message: string) => void;
  /** Called when another command asked the account to stop. */
  readonly onStop: () => void;
  /** Aborts the waiting for another command that has the account, with an InterruptedError. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Opens the account for a long-running command: like `openTarget`, but an account that is started here can be used by
 * others.
 */
export async function openLasting(options: OpenLasting): Promise<Target> {
  const { root, command, say, lasting, onStop, signal } = options;
  if ((await chosenTarget(root)).kind === 'aws') return openTarget({ root, command, say, signal });
  await practiceIdentity(root);
  return acquire<Target>({
    port: options.port ?? usualPort,
    asked: options.port !== undefined,
    say,
    signal,
    async attempt(port) {
      const running = await runningAccount(root);
      if (running !== undefined) {
        if (options.port === undefined || options.port === running.port)
          return openTarget({ root, command, say, signal });
        throw new LabError(
          `The practice account is already running at port ${running.port} ("${running.command}", process ${running.pid}).`,
          'Leave out --port to use it, or stop it with `npx lab sandbox stop`.',
        );
      }
      const started = await startPractice({ root, port, command, lasting, say, onStop });
      if (started === 'port taken' || 'busy' in started) return started;
      return targetOf(started, root);
    },
  });
}
