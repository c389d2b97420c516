import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { LabError } from '../failures/errors.ts';
import type { Git } from './git.ts';
import type { Way } from './upstream.ts';

/**
 * The files in `labs/` that are the learner's: those that differ from what is shipped, and those that the newer workshop
 * brings where the learner made one. Rejects with a LabError where something else of the checkout was changed: that is
 * not carried over.
 */
export async function learnersEdits(git: Git, root: string, { from, to }: Way): Promise<string[]> {
  const changed = await git.paths('diff', '--name-only', '--no-renames', '-z', 'HEAD');
  const tracked = new Set(await git.paths('ls-files', '-z'));
  const brought = (await git.paths('diff', '--name-only', '--no-renames', '--diff-filter=A', '-z', from, to)).filter(
    (path) => !tracked.has(path) && existsSync(join(root, path)),
  );
  const isLabs = (path: string) => path.startsWith('labs/');
  const elsewhere = changed.filter((path) => !isLabs(path));
  if (elsewhere.length > 0) {
    throw new LabError(
      `Outside of labs/ you changed ${inWords(elsewhere)}, which an update does not carry over.`,
      `Nothing was changed. \`git diff\` shows it; \`git restore --staged --worktree ${elsewhere.join(' ')}\` takes it back, and is not undone.`,
    );
  }
  const inTheWay = brought.filter((path) => !isLabs(path));
  if (inTheWay.length > 0) {
    throw new LabError(
      `The newer workshop brings ${inWords(inTheWay)}, and you have a file of your own there.`,
      'Nothing was changed. Move yours elsewhere, and update again.',
    );
  }
  return [...changed, ...brought];
}

function inWords(paths: readonly string[]): string {
  const [first = '', second, ...more] = paths;
  if (second === undefined) return first;
  return more.length === 0 ? `${first} and ${second}` : `${first}, ${second} and ${more.length} more`;
}
