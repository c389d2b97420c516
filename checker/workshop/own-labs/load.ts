import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Lab, LabChecks } from '../../checking/lab.ts';
import { LabError } from '../../failures/errors.ts';
import { workshopRoot } from '../root.ts';
import { importLab } from './bundle.ts';
import { ownFolder } from './home.ts';

/** A lab of your own, all of it in one object. */
export type OwnLab = Omit<Lab, 'load'> & LabChecks;

/**
 * Loads your own labs, in the order of their ids: each is the default export of `checker/labs/<id>/lab.ts` in the
 * folder from `--labs`; none without it. Rejects with a LabError that says what is wrong with one.
 */
export async function ownLabs(shipped: readonly Lab[]): Promise<readonly Lab[]> {
  const folder = ownFolder();
  if (folder === undefined) return [];
  const checkers = join(folder, 'checker', 'labs');
  const ids = (await readdir(checkers).catch(() => [])).filter((id) => existsSync(join(checkers, id, 'lab.ts'))).sort();
  if (ids.length === 0) {
    throw new LabError(
      `${folder} contains no labs: there is no checker/labs/<id>/lab.ts.`,
      'docs/instructors.md says what belongs in it.',
    );
  }
  const own: Lab[] = [];
  for (const id of ids) {
    const path = join(checkers, id, 'lab.ts');
    const { default: lab } = await importLab(workshopRoot(), path);
    const wrong = whatIsWrong(lab, id, folder, [...shipped, ...own]);
    if (wrong !== undefined) throw new LabError(`${path}: ${wrong}`, 'docs/instructors.md shows a complete one.');
    own.push({ ...(lab as OwnLab), load: async () => lab as OwnLab });
  }
  return own;
}

/** Returns what is wrong in one sentence, or undefined if it is a lab. */
function whatIsWrong(lab: unknown, id: string, folder: string, others: readonly Lab[]): string | undefined {
  if (typeof lab !== 'object' || lab === null) return 'It has no default export. Export the lab.';
  const { id: own, title, complaint, checks, failsAtStart } = lab as Partial<Record<keyof OwnLab, unknown>>;
  if (!/^\d\d-[a-z0-9-]+$/.test(id)) return `Its folder's name must be the lab's id, two digits and words: 90-my-lab.`;
  if (own !== id) return `Its id is "${String(own)}", but its folder is ${id}.`;
  const taken = others.find((other) => other.id.slice(0, 2) === id.slice(0, 2));
  if (taken !== undefined) return `${taken.id} already has the number ${id.slice(0, 2)}. Choose another.`;
  if (typeof title !== 'string' || typeof complaint !== 'string') return 'It has no title, or no complaint.';
  if (!Array.isArray(checks) || checks.length === 0)
    return 'It has no `checks`. A lab of your own lists them in lab.ts itself.';
  if (!Array.isArray(failsAtStart)) return 'It does not say which checks fail at its start (failsAtStart).';
  const known = checks.map((check: { id?: unknown }) => check.id);
  const unknown = failsAtStart.find((check) => !known.includes(check));
  if (unknown !== undefined) return `failsAtStart names ${String(unknown)}, which isn't one of its checks.`;
  const missing = ['labs', 'solutions'].find((tree) => !existsSync(join(folder, tree, id)));
  return missing === undefined ? undefined : `The folder ${missing}/${id} doesn't exist.`;
}
