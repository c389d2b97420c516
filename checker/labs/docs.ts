import { join } from 'node:path';
import { labFolder } from '../workshop/lab-files.ts';
import { shownPath } from '../workshop/own-labs/home.ts';
import { workshopRoot } from '../workshop/root.ts';

/** A lab's page, and one of AWS's. */
export function docs(lab: string, aws: string): { lab: string; aws: string } {
  return { lab: fileOf(lab, 'README.md'), aws };
}

/** Returns a file of a lab as people see it: `labs/01-missing-route/stack.ts`. Labs of your own are elsewhere. */
export function fileOf(lab: string, name: string): string {
  const root = workshopRoot();
  return shownPath(root, join(labFolder(root, lab), name));
}
