import { openTarget } from '../../aws/open.ts';
import type { Finding, Lab, Result, Verdict } from '../../checking/check.ts';
import { synthesizeWith } from '../../checking/drift.ts';
import { checkLab, exitCodeOf } from '../../checking/verdict.ts';
import { exitCode } from '../../failures/errors.ts';
import { type Hint, renderHint } from '../../report/hint.ts';
import { nextStep } from '../../report/next-step.ts';
import { showWaiting } from '../../report/waiting.ts';
import { actualOf, headline } from '../../report/words.ts';
import { wrap } from '../../report/wrap.ts';
import { Synthesizer } from '../../synth/synthesizer.ts';
import { updateProgress } from '../../workshop/progress.ts';
import { solutionPatch } from '../../workshop/solution-patch.ts';
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
      ...(link === undefined ? {} : { link }),
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

/**
 * The next hint for what fails first, and remembers that it was given; undefined where nothing fails, and where it does for
 * want of what somebody deleted: the hints are about the file.
 */
export async function nextHint(root: string, lab: Lab, verdict: Verdict): Promise<Hint | undefined> {
  if (verdict.drift?.kind === 'gone') return undefined;
  const failed = verdict.checks.find((result) => result.status === 'failed');
  const check = lab.checks.find(({ id }) => id === failed?.id);
  if (failed === undefined || check === undefined) return undefined;
  const { finding, place } = failed;
  const ladder = finding?.hints ?? check.hints;
  const key = keyOf(failed, finding);
  const { hints } = await updateProgress(root, lab.id, (before) => ({
    ...before,
    hints: { ...before.hints, [key]: Math.min((before.hints?.[key] ?? 0) + 1, ladder.length) },
  }));
  const number = Math.min(hints?.[key] ?? 1, ladder.length);
  const isLast = number === ladder.length;
  // Where nothing is deployed, nothing was found that a patch would repair.
  const patch = isLast && verdict.status !== 'not deployed' ? await solutionPatch(root, lab.id, place) : [];
  const text = ladder[number - 1] ?? '';
  return {
    check: check.id,
    title: check.title,
    text: isLast ? lastWords(text, patch, lab.id.slice(0, 2)) : text,
    number,
    of: ladder.length,
    place,
    patch,
  };
}

/** The patch says it better than the lines that the author wrote down for it, and nothing is announced that does not come. */
function lastWords(text: string, patch: readonly string[], number: string): string {
  const [first = text] = text.split('\n\n');
  if (patch.length > 0) return first;
  return text.endsWith(':')
    ? `Your files are those of the solution. What is wrong is in app/functions, or in the account alone: deploy it (\`npx lab deploy ${number}\`), and if that changes nothing, make it anew (\`npx lab destroy ${number}\`, then deploy).`
    : text;
}

/** Hints are counted for each finding by itself: `route-sendmessage/key-differs`. */
function keyOf({ id }: Result, finding: Finding | undefined): string {
  return finding === undefined ? id : `${id}/${finding.id}`;
}
