import { exitCode, UsageError } from '../../failures/errors.ts';
import { dateAndTimeOf } from '../../report/words.ts';
import { allKept, putBack, readKept, undoneBy } from '../../workshop/kept.ts';
import type { Program } from '../program.ts';

export interface UndoOptions {
  /** Which saved state: its number in the list, or its folder's name. By default, the newest. */
  readonly which?: string | undefined;
  /** Print what is saved, and exit. */
  readonly list?: boolean;
}

/**
 * `lab undo [which] [--list]`: restores the files that the last reset replaced, or an earlier one; right after an undo,
 * restores what that one replaced. Saves the current files in turn, so nothing is ever lost.
 */
export async function undo({ root, print }: Program, { which, list = false }: UndoOptions): Promise<number> {
  const all = await allKept(root);
  if (all.length === 0 && which === undefined) {
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
    print('`npx lab undo 1` restores the first one, and so on.');
    return exitCode.fixed;
  }
  const name = which === undefined ? all[0] : all.find((each, index) => each === which || String(index + 1) === which);
  if (name === undefined)
    throw new UsageError(`Nothing is saved as "${which}".`, '`npx lab undo --list` shows what is.');
  const kept = await readKept(root, name);
  await putBack(root, kept);
  const redone = undoneBy(kept);
  print(
    redone === undefined
      ? `Restored the state before the ${kept.what}:`
      : 'Restored the files that the last undo replaced:',
  );
  for (const file of kept.files)
    print(kept.absent.includes(file) ? `${file} is removed: it didn't exist then.` : `${file} is restored.`);
  print('Run `npx lab undo` again to get back the files as they were just now.');
  if (all.length > 1) print(`To go further back, choose from ${all.length - 1} more: \`npx lab undo --list\`.`);
  return exitCode.fixed;
}

/** The folder's name begins with the time, in a form that Windows accepts. */
function whenKept(name: string): string {
  const time = name.replace(/^(.{10}T\d\d)-(\d\d)-(\d\d)-(\d+Z).*$/, '$1:$2:$3.$4');
  return dateAndTimeOf(time);
}
