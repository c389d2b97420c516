import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Verdict } from '../checking/result.ts';
import { writeWhole } from '../process/write-whole.ts';
import { labFolder } from '../workshop/lab-files.ts';
import { fingerprint } from '../workshop/sources.ts';
import { inLines } from './compiler.ts';

// The compiler takes seconds, so a check doesn't run it: a deployment does anyway, and notes what it found.

interface TypeErrors {
  /** The fingerprint of the files with these errors. */
  readonly of: string;
  readonly errors: readonly string[];
}

/** Notes the compiler's errors in the files that were deployed. */
export async function noteTypeErrors(root: string, lab: string, { of, errors }: TypeErrors): Promise<void> {
  const path = pathOf(root, lab);
  await (errors.length === 0 ? rm(path, { force: true }) : writeWhole(path, `${JSON.stringify({ of, errors })}\n`));
}

/** Returns a verdict that also names the type errors in the learner's files, which can be why a lab isn't fixed. */
export async function withTypeErrors(root: string, verdict: Verdict): Promise<Verdict> {
  const { lab, status, fileError, remark } = verdict;
  if (status !== 'not fixed' || fileError !== undefined) return verdict;
  const noted = await readFile(pathOf(root, lab), 'utf8')
    .then((text) => JSON.parse(text) as TypeErrors)
    .catch(() => undefined);
  if (noted === undefined || noted.of !== fingerprint(labFolder(root, lab))) return verdict;
  const lines = [
    'The TypeScript compiler found errors in your files, which can be the reason:',
    ...inLines(noted.errors),
  ];
  return { ...verdict, remark: [...(remark === undefined ? [] : [remark]), ...lines].join('\n') };
}

function pathOf(root: string, lab: string): string {
  return join(root, '.lab', 'out', `${lab}.type-errors.json`);
}
