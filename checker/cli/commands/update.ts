import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { exitCode, InterruptedError, LabError } from '../../failures/errors.ts';
import { wrapping } from '../../report/wrap.ts';
import { learnersEdits } from '../../update/edits.ts';
import { type Carried, finishUpdate, takeBack } from '../../update/finish.ts';
import { Git } from '../../update/git.ts';
import { readNote, removeNote, type UpdateNote, writeNote } from '../../update/note.ts';
import { newerWorkshop } from '../../update/upstream.ts';
import { keep } from '../../workshop/kept.ts';
import type { Program } from '../program.ts';

/**
 * `lab update`: takes in the newer workshop of the branch's upstream, and carries over what the learner changed in
 * `labs/`. What they changed is put aside first, and what is about to be done is written down: wherever this is
 * interrupted, the next `lab update` goes on. Ends with 1 where something is left to do by hand.
 */
export async function update(program: Program): Promise<number> {
  try {
    return await takeIn(program);
  } catch (error) {
    // Ctrl-C ends git as well, which says nothing of it.
    if (!program.signal.aborted) throw error;
    throw new InterruptedError('Interrupted. Nothing of yours is lost: `npx lab update` goes on, or begins anew.');
  }
}

async function takeIn(program: Program): Promise<number> {
  const { root } = program;
  const print = wrapping(program.print, process.stdout);
  const git = new Git(root);
  const unfinished = await readNote(root);
  if (unfinished !== undefined) {
    const carried = await resume(git, root, unfinished, print);
    if (carried !== undefined) return report(git, unfinished, carried, print);
  }
  const way = await newerWorkshop(git, root);
  if (way === undefined) {
    print('This is the newest workshop.');
    return exitCode.fixed;
  }
  const edits = await learnersEdits(git, root, way);
  const kept = await keep(root, { what: 'update of the workshop', about: 'update', files: edits });
  const note: UpdateNote = { format: 1, from: way.from, to: way.to, kept: kept.name };
  await writeNote(root, note);
  await toShipped(git, root, edits);
  const merged = await git.run('merge', '--ff-only', '--quiet', way.to);
  if (merged.code !== 0) {
    await takeBack(git, root, note);
    throw new LabError(
      `git could not take in the newer workshop: ${merged.words}`,
      'Your files are as they were. Repair that, and update again.',
    );
  }
  print(
    `${way.count} ${way.count === 1 ? 'change' : 'changes'} of ${way.upstream} taken in; CHANGELOG.md says what is new.`,
  );
  return report(git, note, await finishUpdate(git, root, note), print);
}

/** Ends what an interrupted update began. Undefined where it was taken back, and may be begun anew. */
async function resume(
  git: Git,
  root: string,
  note: UpdateNote,
  print: (line: string) => void,
): Promise<Carried[] | undefined> {
  const head = (await git.must('rev-parse', 'HEAD')).output;
  if (head === note.to) {
    print('An earlier update was interrupted, and goes on.');
    return finishUpdate(git, root, note);
  }
  if (head === note.from) {
    print('An earlier update was interrupted, and begins anew.');
    await takeBack(git, root, note);
    return undefined;
  }
  await removeNote(root);
  throw new LabError(
    `An earlier update was interrupted, and the branch was moved since. What you had in labs/ is in .lab/kept/${note.kept}.`,
    '`npx lab undo --list` shows it among what is kept, and puts it back. Then update again.',
  );
}

/** The learner's files as they are shipped, so that git has nothing to merge. */
async function toShipped(git: Git, root: string, edits: readonly string[]): Promise<void> {
  const tracked = new Set(await git.paths('ls-tree', '-r', '-z', '--name-only', 'HEAD', 'labs'));
  const shipped = edits.filter((path) => tracked.has(path));
  if (shipped.length > 0) await git.must('checkout', '--quiet', 'HEAD', '--', ...shipped);
  for (const path of edits.filter((one) => !tracked.has(one))) {
    await git.run('rm', '--cached', '--quiet', '--force', '--ignore-unmatch', '--', path);
    await rm(join(root, path), { force: true });
  }
}

async function report(
  git: Git,
  { from, to }: UpdateNote,
  carried: readonly Carried[],
  print: (line: string) => void,
): Promise<number> {
  let left = 0;
  for (const { path, outcome, beside } of carried) {
    print(`${path}: ${inWords[outcome]}`);
    if (beside === undefined) continue;
    left += 1;
    print(`  yours is ${beside}; \`git diff --no-index ${path} ${beside}\` shows how it differs`);
  }
  if (carried.length > 0) print('`npx lab undo` puts back your files as they were before the update.');
  const changed = await git.paths('diff', '--name-only', '-z', from, to);
  if (changed.includes('package-lock.json')) print('The packages changed: run `npm ci` before anything else.');
  return left === 0 ? exitCode.fixed : exitCode.notFixed;
}

const inWords: Readonly<Record<Carried['outcome'], string>> = {
  'as it was': 'yours, as it was',
  'carried over': 'the newer one, with your changes in it',
  'taken in': 'the newer one, which has what you changed',
  clash: 'the newer one, without your changes: they do not fit it any more',
  'changed since': 'as you have it now, since you changed it after the interruption',
};
