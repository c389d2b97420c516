import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { LabError } from '../failures/errors.ts';
import type { Git } from './git.ts';
import type { Way } from './upstream.ts';

/**
 * Returns the learner's files in `labs/`: those that differ from what is shipped, and new files of the newer workshop
 * where the learner created their own. Rejects with a LabError if anything else in the checkout was changed: that isn't
 * carried over.
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
      `You changed ${inWords(elsewhere)} outside of labs/, which an update doesn't carry over.`,
      `Nothing was updated. \`git diff\` shows your changes; \`git restore --staged --worktree ${elsewhere.join(' ')}\` permanently discards them.`,
    );
  }
  const inTheWay = brought.filter((path) => !isLabs(path));
  if (inTheWay.length > 0) {
    throw new LabError(
      `The newer workshop adds ${inWords(inTheWay)}, but you have your own file there.`,
      'Nothing was updated. Move yours elsewhere, and update again.',
    );
  }
  return [...changed, ...brought];
}

function inWords(paths: readonly string[]): string {
  const [first = '', second, ...more] = paths;
  if (second === undefined) return first;
  return more.length === 0 ? `${first} and ${second}` : `${first}, ${second} and ${more.length} more`;
}
