import { join } from 'node:path';
import { labFolder } from '../workshop/lab-files.ts';
import { shownPath } from '../workshop/own-labs/home.ts';
import { workshopRoot } from '../workshop/root.ts';

/** A lab's page, and one of AWS's. */
export function docs(lab: string, aws: string): { lab: string; aws: string } {
  return { lab: fileOf(lab, 'README.md'), aws };
}

/** A file of a lab, as people are told: `labs/01-missing-route/stack.ts`. A lab of one's own lies elsewhere. */
export function fileOf(lab: string, name: string): string {
  const root = workshopRoot();
  return shownPath(root, join(labFolder(root, lab), name));
}
