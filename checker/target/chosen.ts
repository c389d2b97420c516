import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LabError } from '../errors.ts';

/** Where the learner works, as `.lab/target.json` says; without that file, in the practice account. */
export type Chosen =
  | { readonly kind: 'practice' }
  | { readonly kind: 'aws'; readonly profile?: string; readonly region: string };

/** Reads the choice. Rejects with a LabError where the file says nothing that the workshop knows. */
export async function chosenTarget(root: string): Promise<Chosen> {
  const path = join(root, '.lab', 'target.json');
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch {
    return { kind: 'practice' };
  }
  try {
    const { kind, profile, region } = JSON.parse(text) as Record<string, unknown>;
    if (kind === 'practice') return { kind };
    if (kind === 'aws' && typeof region === 'string') {
      return { kind, region, ...(typeof profile === 'string' ? { profile } : {}) };
    }
  } catch {
    // Said below.
  }
  throw new LabError(
    '.lab/target.json names no account that the workshop knows.',
    'Delete the file to work on the practice account again.',
  );
}
