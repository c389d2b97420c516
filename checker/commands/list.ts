import chalk from 'chalk';
import { exitCode } from '../errors.ts';
import { labs } from '../labs.ts';
import type { Program } from '../program.ts';
import { readProgress } from '../progress.ts';

/** `lab list`: the labs in order, and which are fixed. Asks no account. */
export async function list({ root, print }: Program): Promise<number> {
  const { labs: progress } = await readProgress(root);
  const current = labs.find(({ id }) => progress[id]?.fixedAt === undefined);
  const width = Math.max(...labs.map(({ id }) => id.length));
  for (const lab of labs) {
    const fixed = progress[lab.id]?.fixedAt !== undefined;
    const mark = fixed ? chalk.green('✓') : lab === current ? '→' : ' ';
    const state = fixed ? chalk.green('fixed') : lab === current ? chalk.bold('next') : 'to do';
    print(`${mark} ${lab.id.padEnd(width)}  ${state}  ${lab.title}`);
    if (!fixed) print(chalk.dim(`  ${''.padEnd(width)}  "${lab.complaint}"`));
  }
  if (current === undefined) print('All labs are fixed.');
  return exitCode.fixed;
}
