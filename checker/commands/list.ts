import chalk from 'chalk';
import { exitCode } from '../errors.ts';
import { labs } from '../labs.ts';
import type { Program } from '../program.ts';
import { isFixedNow, readProgress } from '../progress.ts';

/** `lab list`: the labs in order, and which are fixed now or were fixed before. Asks no account. */
export async function list({ root, print }: Program): Promise<number> {
  const { labs: progress } = await readProgress(root);
  const current = labs.find(({ id }) => progress[id]?.fixedAt === undefined);
  const width = Math.max(...labs.map(({ id }) => id.length));
  for (const lab of labs) {
    const { [lab.id]: past = {} } = progress;
    const fixed = past.fixedAt !== undefined;
    const now = await isFixedNow(root, lab.id, past);
    const done = now ? 'fixed' : `was fixed on ${new Date(past.fixedAt ?? 0).toLocaleDateString()}`;
    const mark = fixed ? chalk.green('✓') : lab === current ? '→' : ' ';
    const state = fixed ? chalk.green(done) : lab === current ? chalk.bold('next') : 'to do';
    print(`${mark} ${lab.id.padEnd(width)}  ${state}  ${lab.title}`);
    if (!fixed) print(chalk.dim(`  ${''.padEnd(width)}  "${lab.complaint}"`));
  }
  if (current === undefined) print('All labs were fixed.');
  return exitCode.fixed;
}
