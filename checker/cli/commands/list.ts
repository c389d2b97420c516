import { exitCode } from '../../failures/errors.ts';
import { renderList } from '../../report/labs.ts';
import type { Program } from '../program.ts';
import { rowsOf } from './rows.ts';

/** `lab list`: the labs in order, and which are fixed now or were fixed before. Asks no account. */
export async function list({ root, print, link }: Program): Promise<number> {
  const columns = process.stdout.columns || 80;
  for (const line of renderList(await rowsOf(root), { columns, ...(link === undefined ? {} : { link }) })) print(line);
  return exitCode.fixed;
}
