import { LabError } from '../errors.ts';
import { until } from '../until.ts';
import { chosenTarget, openTarget, practiceTarget } from './open.ts';
import { whoHas } from './port.ts';
import { practiceIdentity, runningAccount, startPractice, usualPort } from './practice.ts';
import type { Target } from './target.ts';

export interface OpenLasting {
  readonly root: string;
  readonly command: string;
  /** The port that was asked for; undefined takes the usual one, or a free one where that is taken. */
  readonly port: number | undefined;
  /** Whether other commands may use the account meanwhile. */
  readonly lasting: boolean;
  readonly say: (message: string) => void;
  /** Called when another command asked the account to stop. */
  readonly onStop: () => void;
}

/** How long to wait for a short command that has the account, in milliseconds. */
const patience = 120_000;

/** The account for a command that stays: as `openTarget` gives it, but one that is started here can be used by others. */
export async function openLasting(options: OpenLasting): Promise<Target> {
  const { root, command, say, lasting, onStop } = options;
  const chosen = await chosenTarget(root);
  const running = chosen.kind === 'practice' ? await runningAccount(root) : undefined;
  if (chosen.kind === 'aws' || running !== undefined) {
    if (options.port !== undefined && running !== undefined && running.port !== options.port) {
      throw new LabError(
        `The practice account is running at port ${running.port} already ("${running.command}", process ${running.pid}).`,
        'Leave out --port to use it, or end it by `npx lab sandbox stop`.',
      );
    }
    return openTarget({ root, command, say });
  }
  await practiceIdentity(root);
  let port = options.port ?? usualPort;
  let target: Target | undefined;
  let waiting = false;
  await until(async () => {
    const started = await startPractice({ root, port, command, lasting, say, onStop });
    if (started === 'port taken') {
      const taken = `Port ${port} is taken by ${await whoHas(port)}`;
      if (options.port !== undefined || port === 0) throw new LabError(`${taken}.`, 'Choose another one with --port.');
      say(`${taken}: the practice account uses another one.`);
      port = 0;
      return false;
    }
    if ('busy' in started) {
      if (!waiting)
        say(`Waiting for "${started.busy?.command ?? 'another process'}", which has the practice account …`);
      waiting = true;
      return false;
    }
    target = practiceTarget(started.identity, started.port, {
      allowPage: async (origin) => started.allowPage(origin),
      close: () => started.close(),
      endsWithCommand: true,
    });
    return true;
  }, patience);
  if (target !== undefined) return target;
  throw new LabError('The practice account is still in use by another command.', 'Wait until it has ended.');
}
