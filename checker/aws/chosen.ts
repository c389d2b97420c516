import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LabError } from '../failures/errors.ts';
import { writeWhole } from '../process/write-whole.ts';

/** An AWS account, by its number, in one region: the one chosen with `lab use aws`, and no other. */
export interface ChosenAws {
  readonly kind: 'aws';
  readonly account: string;
  readonly region: string;
  /** The profile to use; without one, the environment's credentials. */
  readonly profile?: string;
  /** Where its services are, if not at AWS's own addresses. */
  readonly endpoint?: string;
}

/** Where the learner works, according to `.lab/target.json`; without that file, the practice account. */
export type Chosen = { readonly kind: 'practice' } | ChosenAws;

/** Reads the choice. Rejects with a LabError if the file is invalid. */
export async function chosenTarget(root: string): Promise<Chosen> {
  let text: string;
  try {
    text = await readFile(pathIn(root), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { kind: 'practice' };
    // It may name an AWS account: never guess which one.
    throw unknown(error);
  }
  try {
    const { kind, account, region, profile, endpoint } = JSON.parse(text) as Record<string, unknown>;
    if (kind === 'practice') return { kind };
    if (kind === 'aws' && typeof account === 'string' && typeof region === 'string') {
      return {
        kind,
        account,
        region,
        ...(typeof profile === 'string' ? { profile } : {}),
        ...(typeof endpoint === 'string' ? { endpoint } : {}),
      };
    }
  } catch {
    // Reported below.
  }
  throw unknown();
}

function unknown(cause?: unknown): LabError {
  return new LabError(
    '.lab/target.json is invalid: it names no known account.',
    '`npx lab use practice` or `npx lab use aws` writes it again.',
    { cause },
  );
}

/** Saves the choice for later commands. */
export async function keepChosen(root: string, chosen: Chosen): Promise<void> {
  await writeWhole(pathIn(root), `${JSON.stringify(chosen, undefined, 2)}\n`);
}

function pathIn(root: string): string {
  return join(root, '.lab', 'target.json');
}
