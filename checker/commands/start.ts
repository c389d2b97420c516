import { once } from 'node:events';
import { openBrowser } from '../browser.ts';
import { exitCode, InterruptedDeploymentError, LabError } from '../errors.ts';
import { fileFailure } from '../file-failure.ts';
import { labs } from '../labs.ts';
import { shownPath } from '../own-labs/home.ts';
import type { Program } from '../program.ts';
import { decidedFrom } from '../report/next-step.ts';
import { wrapping } from '../report/wrap.ts';
import { openLasting } from '../target/lasting.ts';
import { exitCodeOf } from '../verdict.ts';
import { readKeys } from '../watch/keys.ts';
import { Rounds } from '../watch/rounds.ts';
import { type Saves, watchSaves } from '../watch/saves.ts';
import { Session } from '../watch/session.ts';
import { chosenLab } from './chosen-lab.ts';
import { hint } from './hint.ts';
import { list } from './list.ts';
import { reset } from './reset.ts';

export interface StartOptions {
  readonly lab: string | undefined;
  readonly once?: boolean;
  readonly port?: number;
}

/**
 * `lab start`: the account, the lab deployed, the chat page, the verdict; then on every save it deploys and checks
 * again, until it is ended. `--once` ends with the first verdict's exit code.
 */
export async function start(program: Program, options: StartOptions): Promise<number> {
  const { root, say } = program;
  const print = wrapping(program.print, process.stdout);
  const lab = await chosenLab(root, options.lab, say);
  const stopped = new AbortController();
  const inside: Program = { ...program, print, signal: AbortSignal.any([program.signal, stopped.signal]) };
  const target = await openLasting({
    root,
    command: options.once === true ? 'lab start --once' : 'lab start',
    port: options.port,
    lasting: options.once !== true,
    say,
    onStop: () => stopped.abort(),
  });
  const session = new Session(inside, target, lab);
  try {
    print(`Lab ${lab.id.slice(0, 2)}, ${lab.title}: ${lab.complaint}`);
    print(`Its task is in ${shownPath(root, session.folder)}/README.md.`);
    const { AWS_ENDPOINT_URL } = target.environment;
    print(`You work in ${target.title}${AWS_ENDPOINT_URL === undefined ? '' : ` at ${AWS_ENDPOINT_URL}`}.`);
    if (options.once === true) return exitCodeOf([await session.round(inside.signal, false)]);
    await watchUntilEnded(inside, session);
    if (stopped.signal.aborted) print('The practice account was asked to stop, and this ends with it.');
    return exitCode.fixed;
  } finally {
    await session.close();
    await target.close();
  }
}

async function watchUntilEnded(program: Program, session: Session): Promise<void> {
  const { root, print, takesKeys } = program;
  const quit = new AbortController();
  const ended = AbortSignal.any([program.signal, quit.signal]);
  let later: NodeJS.Timeout | undefined;
  const rounds: Rounds = new Rounds(
    () => session.folder,
    async (superseded) => {
      clearTimeout(later);
      const verdict = await session
        .round(superseded, true)
        .catch((error: unknown): undefined => void session.tell(error, superseded));
      if (superseded.aborted) return;
      const until = verdict === undefined ? undefined : decidedFrom(verdict);
      if (until !== undefined) later = setTimeout(() => rounds.request(true), until.getTime() - Date.now());
      print(`Watching ${shownPath(root, session.folder)}. ${takesKeys ? keysInWords : 'Ctrl-C ends it.'}`);
      session.warm();
    },
  );
  const watch = () =>
    watchSaves(session.folder, { onSave: () => rounds.request(), onError: (error) => rounds.fail(error) });
  let saves: Saves = await watch();
  const go = (always?: boolean) => rounds.request(always);
  const act = async (key: string) => {
    try {
      await actions[key]?.();
    } catch (error) {
      const known = error instanceof LabError ? error : fileFailure(error);
      if (known === undefined || ended.aborted) return rounds.fail(error);
      print(known.message);
      print(known.next);
    }
  };
  const actions: Readonly<Record<string, () => unknown>> = {
    h: () => hint(program, { lab: session.lab.id }),
    l: () => list(program),
    o() {
      print(session.page === undefined ? 'There is no room yet.' : `The chat page: ${session.page}`);
      if (session.page !== undefined) openBrowser(session.page);
    },
    r: () => reset(program, { names: [session.lab.id] }),
    async n() {
      const next = labs[labs.indexOf(session.lab) + 1];
      if (next === undefined) return print('This is the last lab.');
      rounds.supersede();
      await saves.close();
      session.lab = next;
      saves = await watch();
      go(true);
    },
    q() {
      // Below the line that is being drawn.
      if (session.deploying) print('\nThis ends after the deployment that is under way.');
      quit.abort();
    },
    // The terminal sends no signal while single keys are read.
    interrupt: () => process.emit('SIGINT'),
  };
  const release = takesKeys ? readKeys((key) => void act(key)) : () => {};
  try {
    go(true);
    if (!ended.aborted) await Promise.race([once(ended, 'abort'), rounds.failed]);
    rounds.supersede();
    await rounds.idle();
    if (rounds.failure instanceof InterruptedDeploymentError) throw rounds.failure;
  } finally {
    clearTimeout(later);
    release();
    await saves.close();
  }
}

const keysInWords = 'Keys: h hint, l list, o open the page, r reset, n next lab, q quit.';
