import { exitCode } from '../../failures/errors.ts';
import { renderList } from '../../report/labs.ts';
import { watcherOf } from '../../watch/only-watcher.ts';
import type { Program } from '../program.ts';
import { rowsOf } from './rows.ts';

/** `lab list`: the labs in order, and which are fixed now or were fixed before. Asks no account. */
export async function list({ root, print, link }: Program): Promise<number> {
  const columns = process.stdout.columns || 80;
  const [rows, watcher] = await Promise.all([rowsOf(root), watcherOf(root)]);
  for (const line of renderList(rows, { columns, link, watcher })) print(line);
  return exitCode.fixed;
}
