import { openTarget } from '../../aws/open.ts';
import { checkLab } from '../../checking/check-lab.ts';
import { synthesizeWith } from '../../checking/drift.ts';
import type { Lab } from '../../checking/lab.ts';
import type { Verdict } from '../../checking/result.ts';
import { exitCodeOf } from '../../checking/verdict.ts';
import { exitCode } from '../../failures/errors.ts';
import { renderHint } from '../../report/hint.ts';
import { nextStep } from '../../report/next-step.ts';
import { showWaiting } from '../../report/waiting.ts';
import { actualOf, headline } from '../../report/words.ts';
import { wrap } from '../../report/wrap.ts';
import { Synthesizer } from '../../synth/synthesizer.ts';
import { givenHints, type Hint, hasHints, nextHint } from '../../workshop/next-hint.ts';
import { shortName } from '../../workshop/short-name.ts';
import type { Program } from '../program.ts';
import { chosenLab } from './chosen-lab.ts';

export interface HintCommandOptions {
  readonly lab?: string | undefined;
  /** Show the hints given so far again, but no new one. */
  readonly all?: boolean;
}

/**
 * `lab hint [lab] [--all]`: the next hint for the first failure, chosen by what was found there, or the hints given so
 * far. The last one is the patch, and stays.
 */
export async function hint(program: Program, options: HintCommandOptions): Promise<number> {
  const { root, signal, print, say, link } = program;
  const lab = await chosenLab(program, options.lab);
  const columns = process.stdout.columns || 80;
  const target = await openTarget({ root, command: 'lab hint', say, signal });
  const synthesizer = new Synthesizer(root);
  const waiting = showWaiting(program);
  const verdict = await checkLab({
    root,
    lab,
    target,
    signal,
    synthesize: synthesizeWith(synthesizer),
    onProgress: waiting.onProgress,
  }).finally(async () => {
    waiting.end();
    synthesizer.close();
    await target.close();
  });
  const again = `\`npx lab hint ${shortName(lab.id)}\``;
  const hints = hasHints(verdict) ? await hintsFor(root, lab, verdict, options.all === true) : undefined;
  for (const [index, given] of (hints ?? []).entries()) {
    if (index > 0) print('');
    const isNewest = index + 1 === hints?.length;
    const lines = renderHint(given, {
      columns,
      again: isNewest ? again : undefined,
      folds: process.stdout.isTTY,
      link,
    });
    for (const line of lines) print(line);
  }
  if (hints?.length === 0) print(`No hint has been given yet for what is wrong now. ${again} gives the first one.`);
  if (hints !== undefined) return exitCode.fixed;
  const lines = [
    headline(verdict),
    ...(verdict.remark === undefined ? [] : [verdict.remark]),
    ...whyUndecided(verdict),
    // The deployment fails, which isn't what the learner is looking at.
    ...(verdict.status === 'not deployed yet' && verdict.fileError === undefined && verdict.drift?.rolledBack !== true
      ? ['Hints are for what is deployed, so deploy first.']
      : []),
    nextStep(verdict),
  ];
  for (const line of lines.flatMap((text) => wrap(text, columns))) print(line);
  return exitCodeOf([verdict]);
}

/** The hints to show, an empty list before the first; undefined if nothing has hints. */
async function hintsFor(root: string, lab: Lab, verdict: Verdict, all: boolean): Promise<readonly Hint[] | undefined> {
  if (all) return (await givenHints(root, lab, verdict))?.given;
  const next = await nextHint(root, lab, verdict);
  return next && [next];
}

/** Why there is nothing to give a hint for yet: what couldn't be checked, or only later. */
function whyUndecided({ checks }: Verdict): string[] {
  const first = checks.find(({ status }) => status === 'broken' || status === 'pending');
  return first === undefined ? [] : [actualOf(first)];
}
