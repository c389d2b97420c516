import chalk from 'chalk';
import { openTarget } from '../../aws/open.ts';
import { exitCode } from '../../failures/errors.ts';
import { wrapping } from '../../report/wrap.ts';
import { playScene } from '../../scene/play.ts';
import { pressEnter } from '../../watch/press-key.ts';
import { shortName } from '../../workshop/short-name.ts';
import type { Program } from '../program.ts';
import { chosenLab } from './chosen-lab.ts';

/**
 * `lab scene [lab]`: acts out the complaint in the deployed room, and says what happens. At a terminal, the visitors
 * stay until Enter, so you can watch the scene on the chat page, too. Everything it creates is removed.
 */
export async function scene(program: Program, options: { readonly lab: string | undefined }): Promise<number> {
  const { root, signal, say, takesKeys } = program;
  const print = wrapping(program.print, process.stdout);
  const printAside = wrapping((line) => program.print(chalk.dim(line)), process.stdout);
  const lab = await chosenLab(program, options.lab);
  const target = await openTarget({ root, command: `lab scene ${lab.id}`, say, signal });
  try {
    await playScene({
      root,
      lab,
      target,
      signal,
      tell: (line) => print(line),
      overhear: (line) => printAside(`  ${line}`),
      async untilSeen() {
        if (!takesKeys) return;
        print(`Watch it on the chat page (\`npx lab open ${shortName(lab.id)}\`), or press Enter to end the scene.`);
        await pressEnter(signal);
      },
    });
    return exitCode.fixed;
  } finally {
    await target.close();
  }
}
