import { exitCode, UsageError } from '../../failures/errors.ts';
import { allKept, putBack, readKept } from '../../workshop/kept.ts';
import type { Program } from '../program.ts';

export interface UndoOptions {
  /** Which of what is kept: its number in the list, or its folder's name. The newest unless said otherwise. */
  readonly which?: string | undefined;
  /** Show what is kept, and end. */
  readonly list?: boolean;
}

/**
 * `lab undo [which] [--list]`: puts back what the last reset, or the last undo, replaced, or what an earlier one did.
 * What is there now is kept in turn, so that nothing is ever out of reach.
 */
export async function undo({ root, print }: Program, { which = '1', list = false }: UndoOptions): Promise<number> {
  const all = await allKept(root);
  if (all.length === 0) {
    print('There is nothing to undo: no reset has replaced anything.');
    return exitCode.fixed;
  }
  if (list) {
    for (const [index, name] of all.entries()) {
      const what = await readKept(root, name).then(
        (kept) => `before the ${kept.what}`,
        (error: Error) => error.message,
      );
      print(`${index + 1}  ${whenKept(name)}, ${what}`);
    }
    print('`npx lab undo 1` puts the first of them back, and so on.');
    return exitCode.fixed;
  }
  const name = all.find((candidate, index) => candidate === which || String(index + 1) === which);
  if (name === undefined)
    throw new UsageError(`Nothing is kept as "${which}".`, '`npx lab undo --list` shows what is.');
  const kept = await readKept(root, name);
  await putBack(root, kept);
  print(`This is how it was before the ${kept.what}:`);
  for (const file of kept.files)
    print(kept.absent.includes(file) ? `${file} is taken away: it was not there before.` : `${file} is put back.`);
  print('`npx lab undo` once more undoes this.');
  if (all.length > 1) print(`${all.length - 1} more are kept: \`npx lab undo --list\` shows them.`);
  return exitCode.fixed;
}

/** The folder's name begins with the time, in a form that Windows takes too. */
function whenKept(name: string): string {
  const time = name.replace(/^(.{10}T\d\d)-(\d\d)-(\d\d)-(\d+Z).*$/, '$1:$2:$3.$4');
  return new Date(time).toLocaleString();
}
