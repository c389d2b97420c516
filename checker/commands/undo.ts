import { exitCode } from '../errors.ts';
import { lastKept, putBack } from '../kept.ts';
import type { Program } from '../program.ts';

/** `lab undo`: puts back what the last reset, or the last undo, replaced. */
export async function undo({ root, print }: Program): Promise<number> {
  const kept = await lastKept(root);
  if (kept === undefined) {
    print('There is nothing to undo: no reset has replaced anything.');
    return exitCode.fixed;
  }
  await putBack(root, kept);
  for (const file of kept.files)
    print(`${file} is as it was before the ${kept.what}${kept.absent.includes(file) ? ': not there' : ''}.`);
  print('`npx lab undo` once more undoes this.');
  return exitCode.fixed;
}
