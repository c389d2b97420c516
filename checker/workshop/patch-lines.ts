import { createTwoFilesPatch } from 'diff';
import { isSameText, type LabFiles } from './lab-files.ts';

/**
 * Returns the lines of a patch between two states of a lab's files; none if they are the same. `folder` is their
 * folder.
 */
export function patchLines(folder: string, from: LabFiles, to: LabFiles): string[] {
  return [...new Set([...from.keys(), ...to.keys()])].flatMap((path) => {
    const [before, after] = [from.get(path), to.get(path)];
    if (isSameText(before, after)) return [];
    const name = (prefix: string, text: string | undefined) =>
      text === undefined ? '/dev/null' : `${prefix}/${folder}/${path}`;
    const patch = createTwoFilesPatch(name('a', before), name('b', after), before ?? '', after ?? '', '', '', {
      context: 3,
      stripTrailingCr: true,
    });
    // The first line is a ruler, and nothing follows the last line break.
    return patch.split('\n').slice(1, -1);
  });
}
