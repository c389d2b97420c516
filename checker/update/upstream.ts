import { realpath } from 'node:fs/promises';
import { LabError } from '../failures/errors.ts';
import type { Git } from './git.ts';

/** From which commit to which an update goes. */
export interface Way {
  readonly from: string;
  readonly to: string;
  /** `origin/main` */
  readonly upstream: string;
  /** How many commits are new. */
  readonly count: number;
}

/**
 * Asks the remote for a newer workshop; undefined where this is the newest. Changes no file. Rejects with a LabError
 * that says why there is no way there.
 */
export async function newerWorkshop(git: Git, root: string): Promise<Way | undefined> {
  const top = await git.run('rev-parse', '--show-toplevel');
  if (top.code !== 0 || (await realpath(top.output)) !== (await realpath(root))) {
    throw new LabError(
      'This folder is not a git checkout of the workshop.',
      'Clone it anew, and copy your labs/ and .lab/ over from here.',
    );
  }
  const branch = await git.run('symbolic-ref', '--short', 'HEAD');
  if (branch.code !== 0) {
    throw new LabError('No branch is checked out, only a commit.', '`git switch main` checks out the usual one.');
  }
  const unmerged = await git.paths('diff', '--name-only', '--diff-filter=U', '-z');
  if (unmerged.length > 0) {
    throw new LabError(
      `A merge of git's is not finished: ${unmerged.join(', ')}.`,
      'Finish it, or take it back by `git merge --abort`.',
    );
  }
  const followed = await git.run('rev-parse', '--abbrev-ref', '--symbolic-full-name', '@{upstream}');
  if (followed.code !== 0) {
    throw new LabError(
      `The branch ${branch.output} follows none of a remote, so there is nowhere to update from.`,
      `\`git branch --set-upstream-to=origin/main\` lets it follow the usual one.`,
    );
  }
  const upstream = followed.output;
  const remote = (await git.must('config', `branch.${branch.output}.remote`)).output;
  const fetched = await git.run('fetch', '--quiet', remote);
  if (fetched.code !== 0) {
    const why = fetched.words.split('\n').find((line) => line.startsWith('fatal:')) ?? fetched.words;
    throw new LabError(
      `${(await git.run('remote', 'get-url', remote)).output || remote} could not be reached: ${why}`,
      'Nothing was changed. Try again when the network is there.',
    );
  }
  const { output } = await git.must('rev-list', '--left-right', '--count', 'HEAD...@{upstream}');
  const [ahead = 0, count = 0] = output.split(/\s+/).map(Number);
  if (count === 0) return undefined;
  if (ahead > 0) {
    throw new LabError(
      `The branch ${branch.output} has ${ahead} ${ahead === 1 ? 'commit' : 'commits'} that ${upstream} does not have: \`git log ${upstream}..\` shows them.`,
      `Nothing was changed. \`git pull --rebase --autostash\` puts yours on top of the newer workshop.`,
    );
  }
  const commitOf = async (name: string) => (await git.must('rev-parse', name)).output;
  return { from: await commitOf('HEAD'), to: await commitOf('@{upstream}'), upstream, count };
}
