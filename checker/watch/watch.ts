import { once } from 'node:events';
import type { Target } from '../aws/target.ts';
import { decidedFrom } from '../checking/decided-from.ts';
import type { Lab } from '../checking/lab.ts';
import type { Program } from '../cli/program.ts';
import { InterruptedDeploymentError } from '../failures/errors.ts';
import { shownPath } from '../workshop/own-labs/home.ts';
import { aboutLab } from './about-lab.ts';
import { accountState } from './account.ts';
import { catchFaults } from './faults.ts';
import { readKeys } from './keys.ts';
import { watchNow } from './only-watcher.ts';
import { Rounds } from './rounds.ts';
import type { Screen } from './screen.ts';
import { isOvertaken, type Session } from './session.ts';
import { WatchedFolder } from './watched-folder.ts';

/** How often to check whether the account still exists, in milliseconds. */
const heartbeat = 2000;

/** The state and actions available to a key. */
export interface KeyContext {
  readonly program: Program;
  readonly session: Session;
  /** Switches to another lab. */
  readonly goTo: (lab: Lab) => Promise<void>;
  /** Checks again, although nothing was saved. */
  readonly again: () => void;
  readonly quit: () => void;
}

/** The keys that a person can press while saves are watched; the command line provides them. */
export interface Keys {
  /** The most useful ones, for one line: as many as fit are shown. */
  readonly footer: readonly string[];
  /** Returns the action of each key. */
  actions(context: KeyContext): (key: string) => Promise<void>;
}

export interface WatchOptions {
  readonly screen: Screen;
  readonly session: Session;
  readonly keys: Keys;
  /** Opens the account again if the current one was lost. */
  readonly reopen: () => Promise<Target>;
  /** Called when somebody stopped the account on purpose: then `program.signal` is aborted. */
  readonly onStopped: () => void;
}

/**
 * Runs a round now, and one after each save, until Ctrl-C or the key q, or until nobody reads the output. Errors are
 * printed, and it continues. Rejects with an InterruptedDeploymentError if Ctrl-C interrupted a deployment.
 */
export async function watchUntilEnded(options: WatchOptions): Promise<void> {
  const { screen, session, keys } = options;
  const { program } = screen;
  const { print } = program;
  const quit = new AbortController();
  const ended = AbortSignal.any([program.signal, quit.signal, program.readerLeft ?? []].flat());
  let interrupted: InterruptedDeploymentError | undefined;
  let later: NodeJS.Timeout | undefined;
  let isFirst = true;
  // The command has printed what the first lab is about.
  let about = session.lab;

  const ready = () => {
    session.warm();
    const watching = `Watching ${shownPath(program.root, session.folder)}`;
    if (program.takesKeys) screen.footer(watching, ...keys.footer);
    else print(`${watching}. Press Ctrl-C to stop.`);
  };
  const rounds: Rounds = new Rounds({
    folder: () => session.folder,
    async round(superseded) {
      clearTimeout(later);
      screen.footer();
      if (isFirst) isFirst = false;
      else if (program.takesKeys) screen.clear();
      if (session.lab !== about) {
        about = session.lab;
        for (const line of aboutLab(program.root, about)) print(line);
      }
      try {
        const until = decidedFrom(await session.round(superseded, true));
        if (until !== undefined) later = setTimeout(() => rounds.request(true), until.getTime() - Date.now());
      } catch (error) {
        if (!program.signal.aborted) return void (isOvertaken(error, superseded) || session.tell(error));
        if (error instanceof InterruptedDeploymentError) interrupted = error;
      } finally {
        if (!superseded.aborted && !ended.aborted) ready();
      }
    },
    onSuperseded: () =>
      print(
        session.deploying
          ? 'Saved again. This will be deployed after the current deployment.'
          : 'Saved again: starting over.',
      ),
    onError: (error) => session.tell(error),
  });
  const saves = new WatchedFolder(program, session, rounds);
  const press = keys.actions({
    program,
    session,
    again: () => void (rounds.busy || rounds.request(true)),
    quit: () => quit.abort(),
    async goTo(lab: Lab) {
      rounds.supersede();
      await watchNow(program.root, lab.id);
      session.lab = lab;
      rounds.request(true);
      await saves.begin();
    },
  });
  let pressed: Promise<void> = Promise.resolve();
  const onKey = (key: string) => {
    // The terminal sends no signal while single keys are read.
    if (key === 'interrupt') process.emit('SIGINT');
    else pressed = pressed.then(() => press(key)).catch((error: unknown) => session.tell(error));
  };

  await watchNow(program.root, session.lab.id);
  const uncaught = catchFaults((error) => session.tell(error));
  const release = program.takesKeys ? readKeys(onKey) : () => {};
  const stopLooking = lookAfterAccount(options, rounds);
  try {
    rounds.request(true);
    // Not awaited: the first deployment takes longer.
    void saves.begin();
    if (!ended.aborted) await once(ended, 'abort');
    rounds.supersede();
    await rounds.idle();
    if (interrupted !== undefined) throw interrupted;
  } finally {
    clearTimeout(later);
    stopLooking();
    release();
    screen.footer();
    await saves.end();
    uncaught();
  }
}

/** Makes sure that there is an account, even while nobody saves. Call the result to stop. */
function lookAfterAccount(
  { screen: { program }, session, reopen, onStopped }: WatchOptions,
  rounds: Rounds,
): () => void {
  let said = '';
  let ended = false;
  let timer: NodeJS.Timeout;
  const look = async () => {
    const state = await accountState(program.root, session.target);
    if (state === 'there' || ended) return;
    if (state === 'stopped') return onStopped();
    rounds.supersede();
    await rounds.idle();
    if (said === '')
      program.print('The practice account ended unexpectedly. Restarting it; everything deployed in it is kept.');
    const target = await reopen();
    if (ended) return target.close();
    await session.use(target);
    said = '';
    rounds.request(true);
  };
  const next = () => {
    timer = setTimeout(() => {
      look()
        .catch((error: unknown) => {
          // Printed once, although it retries again and again.
          if (said !== String(error) && !ended) session.tell(error);
          said = String(error);
        })
        .finally(() => void (ended || next()));
    }, heartbeat);
  };
  next();
  return () => {
    ended = true;
    clearTimeout(timer);
  };
}
