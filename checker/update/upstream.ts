import { realpath } from 'node:fs/promises';
import { LabError } from '../failures/errors.ts';
import type { Git } from './git.ts';

/** An update's old and new commits. */
export interface Way {
  readonly from: string;
  readonly to: string;
  /** `origin/main` */
  readonly upstream: string;
  /** How many commits are new. */
  readonly count: number;
}

/**
 * Asks the remote for a newer workshop; undefined if this is the newest. Changes no files. Rejects with a LabError that
 * says why updating is impossible.
 */
export async function newerWorkshop(git: Git, root: string): Promise<Way | undefined> {
  const top = await git.run('rev-parse', '--show-toplevel');
  if (top.code !== 0 || (await realpath(top.output)) !== (await realpath(root))) {
    throw new LabError(
      "This folder isn't a git checkout of the workshop.",
      'Clone it again, and copy your labs/ and .lab/ over from here.',
    );
  }
  const branch = await git.run('symbolic-ref', '--short', 'HEAD');
  if (branch.code !== 0) {
    throw new LabError('No branch is checked out, only a commit.', '`git switch main` checks out the default branch.');
  }
  const unmerged = await git.paths('diff', '--name-only', '--diff-filter=U', '-z');
  if (unmerged.length > 0) {
    throw new LabError(
      `A git merge is in progress: ${unmerged.join(', ')}.`,
      'Finish it, or abort it with `git merge --abort`.',
    );
  }
  const followed = await git.run('rev-parse', '--abbrev-ref', '--symbolic-full-name', '@{upstream}');
  if (followed.code !== 0) {
    throw new LabError(
      `The branch ${branch.output} has no upstream branch, so there is nowhere to update from.`,
      `\`git branch --set-upstream-to=origin/main\` sets the default one.`,
    );
  }
  const upstream = followed.output;
  const remote = (await git.must('config', `branch.${branch.output}.remote`)).output;
  const fetched = await git.run('fetch', '--quiet', remote);
  if (fetched.code !== 0) {
    const why = fetched.words.split('\n').find((line) => line.startsWith('fatal:')) ?? fetched.words;
    throw new LabError(
      `${(await git.run('remote', 'get-url', remote)).output || remote} can't be reached: ${why}`,
      'Nothing was updated. Try again when the network works.',
    );
  }
  const { output } = await git.must('rev-list', '--left-right', '--count', 'HEAD...@{upstream}');
  const [ahead = 0, count = 0] = output.split(/\s+/).map(Number);
  if (count === 0) return undefined;
  if (ahead > 0) {
    throw new LabError(
      `The branch ${branch.output} has ${ahead} ${ahead === 1 ? 'commit' : 'commits'} that ${upstream} doesn't have: \`git log ${upstream}..\` shows them.`,
      `Nothing was updated. \`git pull --rebase --autostash\` rebases yours onto the newer workshop.`,
    );
  }
  const commitOf = async (name: string) => (await git.must('rev-parse', name)).output;
  return { from: await commitOf('HEAD'), to: await commitOf('@{upstream}'), upstream, count };
}
