import chalk from 'chalk';
import type { AnyCheck, Lab, Verdict } from '../check.ts';
import { exitCode } from '../errors.ts';
import type { Program } from '../program.ts';
import { updateProgress } from '../progress.ts';
import { nextStep } from '../report/next-step.ts';
import { headline, placeOf } from '../report/words.ts';
import { wrap } from '../report/wrap.ts';
import { openTarget } from '../target/open.ts';
import { checkLab, exitCodeOf } from '../verdict.ts';
import { chosenLab } from './chosen-lab.ts';

/** One rung of the ladder: the symptom, where to look, the concept, the patch. */
export interface Hint {
  readonly check: string;
  readonly title: string;
  readonly text: string;
  /** From 1. */
  readonly number: number;
  readonly of: number;
}

/** `lab hint [lab]`: one hint more for the first check that fails. The last one is the repair itself, and stays. */
export async function hint(program: Program, options: { readonly lab?: string | undefined }): Promise<number> {
  const { root, signal, print, say } = program;
  const lab = await chosenLab(root, options.lab);
  const target = await openTarget({ root, command: 'lab hint', say });
  const verdict = await checkLab({ root, lab, target, signal }).finally(() => target.close());
  const given = await nextHint(root, lab, verdict);
  if (given === undefined) {
    print(headline(verdict));
    print(nextStep(verdict));
    return exitCodeOf([verdict]);
  }
  for (const line of renderHint(given, process.stdout.columns ?? 80)) print(line);
  return exitCode.fixed;
}

/** The next hint for what fails first, and remembers that it was given; undefined where nothing fails. */
export async function nextHint(root: string, lab: Lab, verdict: Verdict): Promise<Hint | undefined> {
  const failed = verdict.checks.find(({ status }) => status === 'failed');
  const check = lab.checks.find(({ id }) => id === failed?.id);
  if (check === undefined) return undefined;
  const { hints } = await updateProgress(root, lab.id, (before) => ({
    ...before,
    hints: { ...before.hints, [check.id]: Math.min((before.hints?.[check.id] ?? 0) + 1, check.hints.length) },
  }));
  return rung(check, hints?.[check.id] ?? 1, failed && placeOf(failed));
}

/** The lines of a hint, none wider than the terminal; code keeps its own lines. */
export function renderHint({ title, text, number, of }: Hint, columns: number): string[] {
  const more = number < of ? 'Ask again for the next one.' : 'That was the last one.';
  return [
    chalk.bold(`Hint ${number} of ${of}`),
    ...wrap(`for: ${title}`, columns).map((line) => chalk.dim(line)),
    '',
    ...wrap(text, columns),
    '',
    ...wrap(more, columns).map((line) => chalk.dim(line)),
  ];
}

/** The last one is the repair, and says where. */
function rung({ id, title, hints }: AnyCheck, number: number, place: string | undefined): Hint {
  const text = hints[number - 1] ?? hints[3];
  const isLast = number >= hints.length;
  return {
    check: id,
    title,
    text: isLast && place !== undefined ? `${text}\n\nThe place: ${place}` : text,
    number,
    of: hints.length,
  };
}
