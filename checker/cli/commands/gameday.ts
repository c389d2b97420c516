import { openLasting } from '../../aws/lasting.ts';
import { exitCode } from '../../failures/errors.ts';
import { gameDayLab } from '../../gameday/lab.ts';
import { Referee } from '../../gameday/referee.ts';
import { type GameOptions, inWords, startOrResume } from '../../gameday/start-game.ts';
import { becomeOnlyWatcher } from '../../watch/only-watcher.ts';
import { Screen } from '../../watch/screen.ts';
import { Session } from '../../watch/session.ts';
import { watchUntilEnded } from '../../watch/watch.ts';
import { shownPath } from '../../workshop/own-labs/home.ts';
import { gameKeys } from '../game-keys.ts';
import type { Program } from '../program.ts';
import { printReport } from './gameday-report.ts';
import { printStatus } from './gameday-status.ts';

/**
 * `lab gameday [--seed N] [--faults N] [--minutes N]`: starts a game, or resumes the running one. Deploys and checks on
 * every save, and prints complaints. Ends with the game, or with Ctrl-C; the clock keeps running.
 */
export async function gameday(program: Program, options: GameOptions): Promise<number> {
  const { root, signal } = program;
  const leave = await becomeOnlyWatcher(root, gameDayLab.id);
  try {
    const { game, isNew, restored } = await startOrResume(root, options);
    const stopped = new AbortController();
    let isOver = false;
    const screen = new Screen({ ...program, signal: AbortSignal.any([signal, stopped.signal]) });
    const inside = screen.program;
    const { print } = inside;
    const onEnd = () => {
      isOver = true;
      stopped.abort();
    };
    const referee = new Referee({ root, print, onEnd }, game);
    await referee.look();
    // The time was over before it was resumed.
    if (isOver) return printReport(program);
    const open = (port: number | undefined) =>
      openLasting({
        root,
        command: 'lab gameday',
        port,
        lasting: true,
        say: inside.say,
        onStop: () => stopped.abort(),
        signal: inside.signal,
      });
    const session = new Session(screen, await open(undefined), gameDayLab, referee);
    try {
      print(`${isNew ? 'Game day' : 'The game day continues'}: ${inWords(game)}.`);
      print(`The room is in ${shownPath(root, session.folder)} and gameday/app/functions. Each save is deployed.`);
      for (const file of restored) print(`${file} was missing. It's restored as it was at the start.`);
      if (isNew)
        print(
          'The clock starts as soon as the room is deployed. In another terminal, `npx lab help gameday` shows what you can do.',
        );
      else await printStatus(inside);
      referee.begin();
      await watchUntilEnded({
        screen,
        session,
        keys: gameKeys,
        reopen: () => open(undefined),
        onStopped: () => stopped.abort(),
      });
    } finally {
      await referee.close();
      await session.close();
    }
    if (isOver) return await printReport(program);
    print('The clock keeps running. `npx lab gameday` resumes the game, and `npx lab gameday end` ends it.');
    return exitCode.fixed;
  } finally {
    await leave();
  }
}
