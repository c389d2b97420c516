import { openTarget } from '../../aws/open.ts';
import type { Verdict } from '../../checking/check.ts';
import { checkLab } from '../../checking/check-lab.ts';
import { synthesizeWith } from '../../checking/drift.ts';
import { exitCodeOf } from '../../checking/verdict.ts';
import { exitCode } from '../../failures/errors.ts';
import { renderHint } from '../../report/hint.ts';
import { nextStep } from '../../report/next-step.ts';
import { showWaiting } from '../../report/waiting.ts';
import { actualOf, headline } from '../../report/words.ts';
import { wrap } from '../../report/wrap.ts';
import { Synthesizer } from '../../synth/synthesizer.ts';
import { nextHint } from '../../workshop/next-hint.ts';
import type { Program } from '../program.ts';
import { chosenLab } from './chosen-lab.ts';

/**
 * `lab hint [lab]`: one hint more for what fails first, by what was found there. The last one is the patch, and stays.
 */
export async function hint(program: Program, options: { readonly lab?: string | undefined }): Promise<number> {
  const { root, signal, print, say, link } = program;
  const lab = await chosenLab(root, options.lab);
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
  const given = verdict.status === 'not deployed yet' ? undefined : await nextHint(root, lab, verdict);
  if (given !== undefined) {
    for (const line of renderHint(given, {
      columns,
      again: `\`npx lab hint ${lab.id.slice(0, 2)}\``,
      folds: process.stdout.isTTY,
      link,
    }))
      print(line);
    return exitCode.fixed;
  }
  const lines = [
    headline(verdict),
    ...(verdict.remark === undefined ? [] : [verdict.remark]),
    ...whyUndecided(verdict),
    // What fails is what is deployed, and that is not what the learner has before them.
    ...(verdict.status === 'not deployed yet' ? ['A hint is for what is deployed, so that comes first.'] : []),
    nextStep(verdict),
  ];
  for (const line of lines.flatMap((text) => wrap(text, columns))) print(line);
  return exitCodeOf([verdict]);
}

/** Why there is nothing yet to give a hint for: what could not be looked at, or only later. */
function whyUndecided({ checks }: Verdict): string[] {
  const first = checks.find(({ status }) => status === 'broken' || status === 'pending');
  return first === undefined ? [] : [actualOf(first)];
}
