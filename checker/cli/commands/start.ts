import { openLasting } from '../../aws/lasting.ts';
import { exitCodeOf } from '../../checking/verdict.ts';
import { sweepLeft } from '../../deploy/sweep-left.ts';
import { exitCode } from '../../failures/errors.ts';
import { aboutLab } from '../../watch/about-lab.ts';
import { becomeOnlyWatcher } from '../../watch/only-watcher.ts';
import { Screen } from '../../watch/screen.ts';
import { Session } from '../../watch/session.ts';
import { watchUntilEnded } from '../../watch/watch.ts';
import { startKeys } from '../key-actions.ts';
import type { Program } from '../program.ts';
import { chosenLab } from './chosen-lab.ts';

export interface StartOptions {
  readonly lab: string | undefined;
  readonly once?: boolean;
  readonly port?: number;
}

/**
 * `lab start`: opens the account, deploys the lab, serves the chat page and prints the verdict. Then deploys and checks
 * again on every save, until it is ended. `--once` exits with the first verdict's code.
 */
export async function start(program: Program, options: StartOptions): Promise<number> {
  const { root, signal } = program;
  const once = options.once === true;
  const lab = await chosenLab(program, options.lab, { goesOn: true });
  const leave = once ? undefined : await becomeOnlyWatcher(root, lab.id);
  try {
    await sweepLeft(root);
    const stopped = new AbortController();
    const screen = new Screen({ ...program, signal: AbortSignal.any([signal, stopped.signal]) });
    const inside = screen.program;
    const { print } = inside;
    const open = (port: number | undefined) =>
      openLasting({
        root,
        command: once ? 'lab start --once' : 'lab start',
        port,
        lasting: !once,
        say: inside.say,
        onStop: () => stopped.abort(),
        signal: inside.signal,
      });
    const session = new Session(screen, await open(options.port), lab);
    try {
      for (const line of aboutLab(root, lab)) print(line);
      const { AWS_ENDPOINT_URL } = session.target.environment;
      print(
        `You're working in ${session.target.title}${AWS_ENDPOINT_URL === undefined ? '' : ` at ${AWS_ENDPOINT_URL}`}.`,
      );
      if (once) return exitCodeOf([await session.round(inside.signal, false)]);
      await watchUntilEnded({
        screen,
        session,
        keys: startKeys,
        reopen: () => open(undefined),
        onStopped: () => stopped.abort(),
      });
      if (stopped.signal.aborted) print('The practice account is stopping, so this command ends, too.');
      return exitCode.fixed;
    } finally {
      await session.close();
    }
  } finally {
    await leave?.();
  }
}
