import { exitCode } from '../../failures/errors.ts';
import { requireFolders } from '../../failures/file-failure.ts';
import { renderHome } from '../../report/labs.ts';
import { isUnfinished } from '../../update/note.ts';
import { watcherOf } from '../../watch/only-watcher.ts';
import type { Program } from '../program.ts';
import { rowsOf, stepOf } from './rows.ts';

/** `lab` without a command: where the learner is, and what to do next. Asks no account. */
export async function home({ root, print, link }: Program): Promise<number> {
  requireFolders(root);
  const rows = await rowsOf(root);
  const columns = process.stdout.columns || 80;
  const step = await stepOf(root, rows);
  const notice = isUnfinished(root) ? { notice: 'An update was interrupted. Continue it with `npx lab update`.' } : {};
  const watcher = await watcherOf(root);
  const lines = renderHome(rows, step, { columns, ...notice, watcher, link });
  for (const line of lines) print(line);
  return exitCode.fixed;
}
