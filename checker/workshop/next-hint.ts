import type { Finding, Lab, Place, Result, Verdict } from '../checking/check.ts';
import { updateProgress } from './progress.ts';
import { solutionPatch } from './solution-patch.ts';

/** One rung of a ladder: the symptom, where to look, the concept, the patch. */
export interface Hint {
  readonly check: string;
  readonly title: string;
  readonly text: string;
  /** From 1. */
  readonly number: number;
  readonly of: number;
  /** Where the construct is that it is about. */
  readonly place?: Place | undefined;
  /** Of the last one: the lines of the patch, plain. */
  readonly patch?: readonly string[];
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
