import type { Lab } from '../checking/check.ts';
import { labFolder } from '../workshop/lab-files.ts';
import { shownPath } from '../workshop/own-labs/home.ts';

/** Returns the lines with which work on a lab begins: its complaint, and where its task is. */
export function aboutLab(root: string, { id, title, complaint }: Lab): string[] {
  return [
    `Lab ${id.slice(0, 2)}, ${title}: ${complaint}`,
    `Its task is in ${shownPath(root, labFolder(root, id))}/README.md.`,
  ];
}
