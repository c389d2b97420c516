import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Kept, keptFile, readKept } from '../workshop/kept.ts';
import { type CarriedOver, carryOver, isSame } from './carry-over.ts';
import type { Git } from './git.ts';
import { removeNote, type UpdateNote } from './note.ts';

/** The result for one of the learner's files. */
export interface Carried {
  readonly path: string;
  readonly outcome: CarriedOver['outcome'] | 'changed since';
  /** The path of the learner's version, if the newer workshop's replaced it. */
  readonly beside?: string;
}

/**
 * Applies the learner's changes to the newer workshop, which is in place by now, and ends the update. Can be repeated
 * after an interruption: a file that changed since stays, and its saved version goes beside it.
 */
export async function finishUpdate(git: Git, root: string, note: UpdateNote): Promise<Carried[]> {
  const kept = await readKept(root, note.kept);
  const carried: Carried[] = [];
  for (const path of kept.files) carried.push(await finishFile(git, root, note, kept, path));
  await removeNote(root);
  return carried;
}

async function finishFile(
  git: Git,
  root: string,
  { from, to }: UpdateNote,
  kept: Kept,
  path: string,
): Promise<Carried> {
  const [before, after, learners, now] = await Promise.all([
    git.fileAt(from, path),
    git.fileAt(to, path),
    keptFile(root, kept, path),
    bytesOf(join(root, path)),
  ]);
  const result = carryOver({ before, after, learners });
  if (result.outcome === 'taken in') return { path, outcome: result.outcome };
  const isDone = 'bytes' in result && isSame(now, result.bytes);
  if (!isDone && !isSame(now, after))
    return { path, outcome: 'changed since', ...(await putBeside(root, path, learners)) };
  if (result.outcome === 'clash') return { path, outcome: 'clash', ...(await putBeside(root, path, learners)) };
  if (!isDone) await write(join(root, path), result.bytes);
  return { path, outcome: result.outcome };
}

/** Beside the file, with a name that nothing treats as code. */
async function putBeside(root: string, path: string, bytes: Buffer | undefined): Promise<{ beside?: string }> {
  if (bytes === undefined) return {};
  for (let number = 1; ; number += 1) {
    const beside = `${path}.yours${number === 1 ? '' : `-${number}`}`;
    const there = await bytesOf(join(root, beside));
    if (there !== undefined && !there.equals(bytes)) continue;
    await write(join(root, beside), bytes);
    return { beside };
  }
}

/** Rolls back an update that hadn't reached the newer workshop yet: the learner's files are restored. */
export async function takeBack(git: Git, root: string, { from, to, kept: name }: UpdateNote): Promise<void> {
  const kept = await readKept(root, name);
  // git itself may have been killed while it wrote the newer files.
  const written = await git.paths('diff', '--name-only', '--no-renames', '-z', from, to);
  for (const path of written.filter((one) => !kept.files.includes(one))) {
    const [before, after, now] = await Promise.all([
      git.fileAt(from, path),
      git.fileAt(to, path),
      bytesOf(join(root, path)),
    ]);
    if (!isSame(now, after)) continue;
    if (before === undefined) await rm(join(root, path), { force: true });
    else await git.must('checkout', '--quiet', from, '--', path);
  }
  for (const path of kept.files) {
    const [before, after, now] = await Promise.all([
      git.fileAt(from, path),
      git.fileAt(to, path),
      bytesOf(join(root, path)),
    ]);
    if (isSame(now, before) || isSame(now, after)) await write(join(root, path), await keptFile(root, kept, path));
  }
  await git.must('reset', '--quiet');
  await removeNote(root);
}

async function bytesOf(path: string): Promise<Buffer | undefined> {
  return existsSync(path) ? readFile(path) : undefined;
}

async function write(path: string, bytes: Buffer | undefined): Promise<void> {
  if (bytes === undefined) return rm(path, { force: true });
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, bytes);
}
