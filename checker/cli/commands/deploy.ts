import { openTarget } from '../../aws/open.ts';
import { deployShown } from '../../deploy/shown.ts';
import { deployTools } from '../../deploy/tools.ts';
import { exitCode, UsageError } from '../../failures/errors.ts';
import { drawOnOutput } from '../../report/deployment.ts';
import { wrapping } from '../../report/wrap.ts';
import { labs } from '../../workshop/labs.ts';
import type { Program } from '../program.ts';
import { chosenLab } from './chosen-lab.ts';

export interface DeployCommandOptions {
  readonly lab: string | undefined;
  readonly all?: boolean;
}

/**
 * `lab deploy [lab] | --all`: synthesizes the learner's stack and has the CDK CLI deploy it. With --all, deploys one
 * after the other, and stops at the first failure.
 */
export async function deploy(program: Program, { lab, all = false }: DeployCommandOptions): Promise<number> {
  const { root, say } = program;
  if (all && lab !== undefined) throw new UsageError('Name a lab or pass --all, not both.', '');
  const print = wrapping(program.print, process.stdout);
  const chosen = all ? labs : [await chosenLab(program, lab, { goesOn: true })];
  const tools = deployTools(root);
  tools.cdk.warm();
  try {
    const command = all ? 'lab deploy --all' : `lab deploy ${chosen[0]?.id}`;
    const target = await openTarget({ root, command, say, signal: program.signal });
    try {
      for (const [index, { id }] of chosen.entries()) {
        if (all) print(`${index + 1} of ${chosen.length}: ${id}`);
        const { warning } = await deployShown({ ...program, print }, { lab: id, target, tools });
        if (index + 1 < chosen.length) tools.warm();
        const waiting = drawOnOutput(program);
        // In a pipe the line would stay, as if the deployment went on.
        if (program.isTerminal) waiting.stage('the TypeScript compiler checks the types');
        const lines = await warning.finally(() => waiting.end());
        for (const line of lines) say(line);
      }
      print(`Check ${all ? 'them' : 'it'} with \`npx lab check ${all ? '--all' : chosen[0]?.id.split('-')[0]}\`.`);
      return exitCode.fixed;
    } finally {
      await target.close();
    }
  } finally {
    tools.close();
  }
}
