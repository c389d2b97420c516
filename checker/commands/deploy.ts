import { deployShown } from '../deploy/shown.ts';
import { deployTools } from '../deploy/tools.ts';
import { exitCode } from '../errors.ts';
import type { Program } from '../program.ts';
import { wrapping } from '../report/wrap.ts';
import { openTarget } from '../target/open.ts';
import { chosenLab } from './chosen-lab.ts';

/** `lab deploy [lab]`: synthesizes the learner's stack and lets the CDK CLI deploy it. */
export async function deploy(program: Program, options: { lab: string | undefined }): Promise<number> {
  const { root, say } = program;
  const print = wrapping(program.print, process.stdout);
  const { id } = await chosenLab(root, options.lab, say);
  const tools = deployTools(root);
  tools.cdk.warm();
  try {
    const target = await openTarget({ root, command: `lab deploy ${id}`, say });
    try {
      const { warning } = await deployShown({ ...program, print }, { lab: id, target, tools });
      print(`Check it with \`npx lab check ${id.split('-')[0]}\`.`);
      for (const line of await warning) say(line);
      return exitCode.fixed;
    } finally {
      await target.close();
    }
  } finally {
    tools.close();
  }
}
