import type { AnyCheck, Finding, Place } from '../checking/check.ts';
import type { Lab } from '../checking/lab.ts';
import type { Result, Verdict } from '../checking/result.ts';
import { placeOfPatch } from './place-of-patch.ts';
import { readProgress, updateProgress } from './progress.ts';
import { shortName } from './short-name.ts';
import { solutionPatch } from './solution-patch.ts';

/** One hint of several: the symptom, where to look, the concept, the patch. */
export interface Hint {
  /** The lab's id. */
  readonly lab: string;
  readonly check: string;
  readonly title: string;
  readonly text: string;
  /** From 1. */
  readonly number: number;
  readonly of: number;
  /** It is the first about this failure, and earlier ones were about another. */
  readonly startsOver?: true;
  /** Where its patch begins; without one, the place of the construct that it is about. */
  readonly place?: Place | undefined;
  /** For the last one: the plain lines of the patch. */
  readonly patch?: readonly string[];
}

/** Whether there are hints for a verdict: they are for what is deployed, and for files that can be. */
export function hasHints({ status, fileError }: Pick<Verdict, 'status' | 'fileError'>): boolean {
  return status !== 'not deployed yet' && fileError === undefined;
}

/**
 * Returns the next hint for the first failure, and records that it was given. Undefined if nothing fails, or only
 * because somebody deleted something: the hints are about the file.
 */
export async function nextHint(root: string, lab: Lab, verdict: Verdict): Promise<Hint | undefined> {
  const found = await ladderFor(lab, verdict);
  if (found === undefined) return undefined;
  const { key, length } = found;
  let startsOver = false;
  const { hints } = await updateProgress(root, lab.id, (before) => {
    const { hints: given = {} } = before;
    startsOver = given[key] === undefined && Object.keys(given).length > 0;
    return { ...before, hints: { ...given, [key]: Math.min((given[key] ?? 0) + 1, length) } };
  });
  const hint = await found.rung(root, Math.min(hints?.[key] ?? 1, length));
  return startsOver ? { ...hint, startsOver } : hint;
}

/**
 * Returns the hints given so far for the first failure, and how many there are; undefined if nothing has hints. Gives
 * no new one.
 */
export async function givenHints(
  root: string,
  lab: Lab,
  verdict: Verdict,
): Promise<{ readonly given: readonly Hint[]; readonly of: number } | undefined> {
  const found = await ladderFor(lab, verdict);
  if (found === undefined) return undefined;
  const { labs } = await readProgress(root);
  const count = Math.min(labs[lab.id]?.hints?.[found.key] ?? 0, found.length);
  const given = await Promise.all(Array.from({ length: count }, (_, index) => found.rung(root, index + 1)));
  return { given, of: found.length };
}

/** Returns the hints for the first failure; undefined if nothing fails, or only because somebody deleted something. */
async function ladderFor(lab: Lab, { drift, checks: results, status }: Verdict) {
  if (drift?.kind === 'gone') return undefined;
  const failed = results.find((result) => result.status === 'failed');
  if (failed === undefined) return undefined;
  const { checks } = await lab.load();
  const check = checks.find(({ id }) => id === failed.id);
  if (check === undefined) return undefined;
  const { finding, place } = failed;
  return {
    key: keyOf(failed, finding),
    length: ladderOf(check, finding).length,
    rung: (root: string, number: number) =>
      rungOf({ lab: lab.id, check, finding, place, status, number }, () => solutionPatch(root, lab.id, place)),
  };
}

/** One hint: which check or finding it belongs to, and its number. */
interface Rung {
  /** The lab's id. */
  readonly lab: string;
  readonly check: AnyCheck;
  readonly finding?: Finding | undefined;
  readonly place?: Place | undefined;
  readonly status: Verdict['status'];
  /** From 1. */
  readonly number: number;
}

/** Returns one hint of a check or a finding; only the last one for a deployed room includes the patch. */
export async function rungOf(
  { lab, check, finding, place, status, number }: Rung,
  patchToSolution: () => Promise<readonly string[]>,
): Promise<Hint> {
  const ladder = ladderOf(check, finding);
  const isLast = number === ladder.length;
  // If nothing is deployed, no patch repairs the failure.
  const patch = isLast && status !== 'not deployed' ? await patchToSolution() : [];
  const text = ladder[number - 1] ?? '';
  return {
    lab,
    check: check.id,
    title: check.title,
    text: isLast ? lastWords(text, patch, shortName(lab)) : text,
    number,
    of: ladder.length,
    // The failing resource can be far from its repair.
    place: placeOfPatch(patch) ?? place,
    patch,
  };
}

/** Returns the hints for the finding, or else the check's own. */
export function ladderOf({ hints }: AnyCheck, finding: Finding | undefined): readonly string[] {
  return finding?.hints ?? hints;
}

/** The patch replaces the author's lines, and nothing is announced that doesn't follow. */
function lastWords(text: string, patch: readonly string[], number: string): string {
  const [first = text] = text.split('\n\n');
  if (patch.length > 0) return first;
  return text.endsWith(':')
    ? `Your files match the solution. The fault is in app/functions, or only in the account. Deploy (\`npx lab deploy ${number}\`). If that changes nothing, create the room again: \`npx lab destroy ${number}\`, then deploy.`
    : text;
}

/** Hints are counted per finding: `route-sendmessage/key-differs`. */
function keyOf({ id }: Result, finding: Finding | undefined): string {
  return finding === undefined ? id : `${id}/${finding.id}`;
}
