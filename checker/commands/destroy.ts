import { destroyLab } from '../deploy/destroy.ts';
import { exitCode } from '../errors.ts';
import type { Program } from '../program.ts';
import { drawDeployment } from '../report/deployment.ts';
import { forgetDeployed } from '../sources.ts';
import { openTarget } from '../target/open.ts';
import { chosenLab } from './chosen-lab.ts';

/** `lab destroy [lab]`: takes a lab's stack out of the account. The learner's files stay. */
export async function destroy(
  { root, signal, isTerminal, say, print }: Program,
  options: { lab: string | undefined },
): Promise<number> {
  const { id } = await chosenLab(root, options.lab);
  const target = await openTarget({ root, command: `lab destroy ${id}`, say });
  const drawing = drawDeployment({
    isTerminal,
    write: (text) => void process.stdout.write(text),
    columns: process.stdout.columns || Number.POSITIVE_INFINITY,
  });
  try {
    const outcome = await destroyLab({
      lab: id,
      target,
      signal,
      onEvent: (event, path) => drawing.event(event, path),
    });
    drawing.end();
    await forgetDeployed(root, id, target);
    print(
      outcome === 'destroyed' ? `${id} is gone from ${target.title}.` : `${id} is not deployed in ${target.title}.`,
    );
    return exitCode.fixed;
  } finally {
    drawing.end();
    await target.close();
  }
}
