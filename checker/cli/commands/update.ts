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
 * `lab update`: merges the newer workshop from the branch's upstream, and carries over the learner's changes in
 * `labs/`. First it saves those changes and writes down its plan, so wherever it is interrupted, the next `lab update`
 * continues. Ends with 1 if something is left to do manually.
 */
export async function update(program: Program): Promise<number> {
  try {
    return await takeIn(program);
  } catch (error) {
    // Ctrl-C also kills git, which prints nothing about it.
    if (!program.signal.aborted) throw error;
    throw new InterruptedError('Interrupted. None of your work is lost: `npx lab update` continues, or starts over.');
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
    print('This is the newest version of the workshop.');
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
      `git couldn't merge the newer workshop: ${merged.words}`,
      'Your files are unchanged. Fix that, and update again.',
    );
  }
  print(
    `${way.count} ${way.count === 1 ? 'change' : 'changes'} from ${way.upstream} merged; CHANGELOG.md says what's new.`,
  );
  return report(git, note, await finishUpdate(git, root, note), print);
}

/** Finishes what an interrupted update began. Undefined if that was rolled back, and can start over. */
async function resume(
  git: Git,
  root: string,
  note: UpdateNote,
  print: (line: string) => void,
): Promise<Carried[] | undefined> {
  const head = (await git.must('rev-parse', 'HEAD')).output;
  if (head === note.to) {
    print('Continuing an interrupted update.');
    return finishUpdate(git, root, note);
  }
  if (head === note.from) {
    print('Restarting an interrupted update.');
    await takeBack(git, root, note);
    return undefined;
  }
  await removeNote(root);
  throw new LabError(
    `An earlier update was interrupted, and the branch has moved since. Your labs/ are saved in .lab/kept/${note.kept}.`,
    '`npx lab undo --list` lists it; restore it, then update again.',
  );
}

/** The learner's files reset to their start, so that git has nothing to merge. */
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
    print(`  yours is ${beside}; to compare: \`git diff --no-index ${path} ${beside}\``);
  }
  if (carried.length > 0) print('`npx lab undo` restores your files from before the update.');
  const changed = await git.paths('diff', '--name-only', '-z', from, to);
  if (changed.includes('package-lock.json')) print('Packages changed. Run `npm ci` before anything else.');
  return left === 0 ? exitCode.fixed : exitCode.notFixed;
}

const inWords: Readonly<Record<Carried['outcome'], string>> = {
  'as it was': 'your version, unchanged',
  'carried over': 'the newer version, with your changes',
  'taken in': 'the newer version, which already has your changes',
  clash: 'the newer version, without your changes: they no longer apply',
  'changed since': 'your current version, since you changed it after the interruption',
};
