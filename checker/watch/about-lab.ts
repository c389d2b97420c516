import type { Lab } from '../checking/lab.ts';
import { labFolder } from '../workshop/lab-files.ts';
import { shownPath } from '../workshop/own-labs/home.ts';
import { shortName } from '../workshop/short-name.ts';

/** Returns the lines with which work on a lab begins: its complaint, and where its task is. */
export function aboutLab(root: string, { id, title, complaint }: Lab): string[] {
  return [
    `Lab ${shortName(id)}, ${title}: ${complaint}`,
    `Its task is in ${shownPath(root, labFolder(root, id))}/README.md.`,
  ];
}
