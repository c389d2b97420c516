import chalk from 'chalk';
import { exitCode } from '../errors.ts';
import { requireFolders } from '../file-failure.ts';
import { labFolder } from '../lab-files.ts';
import { labs } from '../labs.ts';
import { shownPath } from '../own-labs/home.ts';
import type { Program } from '../program.ts';
import { readProgress } from '../progress.ts';
import { wrap } from '../report/wrap.ts';
import { wasDeployed } from '../sources.ts';

/** `lab` by itself: where the learner is, and what to do next. Asks no account. */
export async function home({ root, print }: Program): Promise<number> {
  requireFolders(root);
  const { labs: progress } = await readProgress(root);
  const width = process.stdout.columns ?? 80;
  const paragraph = (text: string) => wrap(text, width).forEach((line) => void print(line));
  const fixed = labs.filter(({ id }) => progress[id]?.fixedAt !== undefined);
  const lab = labs.find((candidate) => !fixed.includes(candidate));
  print(chalk.bold(`Websocket Lab: ${fixed.length} of ${labs.length} ${labs.length === 1 ? 'lab' : 'labs'} fixed`));
  print('');
  if (lab === undefined) {
    paragraph('Every lab is fixed. `npx lab reset --all` puts them back to their start; `npx lab list` shows them.');
    return exitCode.fixed;
  }
  const number = lab.id.slice(0, 2);
  paragraph(`You are at lab ${number}, ${lab.title}.`);
  paragraph(`Somebody says: "${lab.complaint}"`);
  print('');
  const folder = shownPath(root, labFolder(root, lab.id));
  paragraph(`The task: ${folder}/README.md`);
  if (!wasDeployed(root, lab.id)) {
    paragraph('Next: `npm start` deploys it, shows what is wrong, and watches while you repair it.');
    return exitCode.fixed;
  }
  paragraph(
    `Next: repair ${folder}/stack.ts, then \`npx lab deploy ${number}\` and \`npx lab check ${number}\`; \`npm start\` does both whenever you save. \`npx lab hint\` gives a hint.`,
  );
  return exitCode.fixed;
}
