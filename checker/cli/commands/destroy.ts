import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { openTarget } from '../../aws/open.ts';
import type { Target } from '../../aws/target.ts';
import { bootstrapLeft } from '../../deploy/cdk-bootstrap-left.ts';
import { destroyLab } from '../../deploy/destroy.ts';
import { findLeftovers, kindsInWords, type Leftovers, leftStack } from '../../deploy/leftovers.ts';
import { oneAtATime } from '../../deploy/one-at-a-time.ts';
import { exitCode, InterruptedError, LabError, UsageError } from '../../failures/errors.ts';
import { gameDayLab } from '../../gameday/lab.ts';
import { drawOnOutput } from '../../report/deployment.ts';
import { wrapping } from '../../report/wrap.ts';
import { gameDayFolder } from '../../workshop/game-day-folder.ts';
import { labs } from '../../workshop/labs.ts';
import { shortName } from '../../workshop/short-name.ts';
import { forgetDeployed } from '../../workshop/sources.ts';
import { askToDelete, requireTerminal } from '../ask-to-delete.ts';
import type { Program } from '../program.ts';
import { chosenLab } from './chosen-lab.ts';

export interface DestroyCommandOptions {
  readonly lab: string | undefined;
  readonly all?: boolean;
  /** Delete without asking. Required if there is no terminal. */
  readonly yes?: boolean;
}

/**
 * `lab destroy [lab] | --all`: asks, deletes the stacks of a lab or of all labs from the account, and looks for
 * leftovers there. The learner's files stay. Ends with 1 if something is left, with 3 if that is unknown. Throws a
 * UsageError if there is no terminal to ask in, and an InterruptedError if the answer is no.
 */
export async function destroy(
  program: Program,
  { lab, all = false, yes = false }: DestroyCommandOptions,
): Promise<number> {
  const { root, say, signal } = program;
  if (all && lab !== undefined) throw new UsageError('Name a lab or pass --all, not both.', '');
  const every = existsSync(gameDayFolder(root)) ? [...labs, gameDayLab] : labs;
  const chosen = (all ? every : [await chosenLab(program, lab, { gameDay: true })]).map(({ id }) => id);
  const command = all ? 'lab destroy --all' : `lab destroy ${chosen[0]}`;
  const print = wrapping(program.print, process.stdout);
  if (!yes) requireTerminal(program, `npx lab destroy ${all ? '--all' : shortName(chosen[0] ?? '')} --yes`);
  const target = await openTarget({ root, command, say, signal });
  try {
    if (!yes) {
      const what = all ? 'all labs' : chosen[0];
      await askToDelete(program, `Delete ${what} from ${target.title}? Your files stay.`);
    }
    const failures: LabError[] = [];
    const spared: string[] = [];
    for (const id of chosen) {
      await oneAtATime({ root, lab: id, signal, say }, () =>
        destroyShown({ ...program, print }, id, target, spared),
      ).catch((error: unknown) => {
        // If one is stuck, the others are deleted anyway.
        if (!(error instanceof LabError) || error instanceof InterruptedError) throw error;
        failures.push(error);
      });
    }
    const [failure] = failures;
    if (failure !== undefined) {
      for (const other of failures.slice(1)) for (const line of [other.message, other.next]) say(line);
      throw failure;
    }
    return await proveGone({ ...program, print }, target, { chosen, all, spared });
  } finally {
    await target.close();
  }
}

async function destroyShown(
  { root, signal, isTerminal, print }: Program,
  id: string,
  target: Target,
  spared: string[],
): Promise<void> {
  const drawing = drawOnOutput({ isTerminal });
  try {
    const outcome = await destroyLab({
      lab: id,
      target,
      signal,
      onSpared: (stack) => void spared.push(stack),
      onEvent: (event, path) => drawing.event(event, path),
    });
    drawing.end();
    await forgetDeployed(root, id, target);
    print(
      outcome === 'destroyed' ? `${id} is gone from ${target.title}.` : `${id} is not deployed in ${target.title}.`,
    );
  } finally {
    drawing.end();
  }
}

/** Prints the labs' leftovers, if there are any, and the things that stay because they aren't theirs. */
async function proveGone(
  { root, signal, print }: Program,
  target: Target,
  {
    chosen,
    all,
    spared,
  }: { readonly chosen: readonly string[]; readonly all: boolean; readonly spared: readonly string[] },
): Promise<number> {
  const left = await leftAfterAWhile(target, chosen, { all, signal });
  const { unseen } = left;
  const found = [...spared.map(leftStack), ...left.found.filter(({ name }) => !spared.includes(name))];
  const whose = all ? 'the workshop' : (chosen[0] ?? '');
  for (const { kind, reason, next } of unseen) {
    print(`Couldn't check for leftover ${kind} of ${whose}: ${reason}`);
    if (next !== '') print(`  ${next}`);
  }
  if (found.length > 0) {
    print(
      `These leftovers of ${whose} are in ${target.title}. They were not touched, since they no longer belong to a stack:`,
    );
    const where =
      target.kind === 'practice'
        ? ''
        : ` --region ${target.region}${target.profile === undefined ? '' : ` --profile ${target.profile}`}`;
    for (const { kind, name } of found) print(`  the ${kind} ${name}`);
    print("If you don't need them, delete them:");
    if (target.kind === 'practice') print('  eval "$(npx lab env)"');
    for (const { command } of found) print(`  ${command}${where}`);
  } else if (unseen.length === 0) {
    print(`Nothing of ${whose} is left there: no ${kindsInWords()}.`);
  }
  if (all || target.kind === 'aws') for (const line of await bootstrapLeft(target, root)) print(line);
  if (found.length > 0) return exitCode.notFixed;
  return unseen.length > 0 ? exitCode.couldNotCheck : exitCode.fixed;
}

/** On AWS, lists include deleted resources for a few seconds. */
async function leftAfterAWhile(
  target: Target,
  labs: readonly string[],
  { all, signal }: { readonly all: boolean; readonly signal: AbortSignal },
): Promise<Leftovers> {
  for (let looks = target.kind === 'aws' ? 3 : 1; ; looks -= 1) {
    const leftovers = await findLeftovers(target, labs, all);
    if (leftovers.found.length === 0 || looks === 1 || signal.aborted) return leftovers;
    await pause(3000, undefined, { signal }).catch(() => {});
  }
}
