import { createTwoFilesPatch } from 'diff';
import { isSameText, type LabFiles } from './lab-files.ts';

/** The lines of a patch from one state of a lab's files to another; none where they are the same. `folder` is where they are. */
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
    return patch.trimEnd().split('\n').slice(1);
  });
}
