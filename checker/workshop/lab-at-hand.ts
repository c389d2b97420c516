import { realpathSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { Lab } from '../checking/lab.ts';
import { writeWhole } from '../process/write-whole.ts';
import { changedFiles, labFolder } from './lab-files.ts';
import { labs } from './labs.ts';
import { type Progress, standingOf } from './progress.ts';

/** The lab for a command without a name, and why it is that one. */
export interface LabAtHand {
  readonly lab: Lab;
  readonly why: 'here' | 'watched' | 'edited' | 'first to do';
}

/**
 * Returns the lab whose folder the command was called in; otherwise the one that the learner watched or edited last,
 * unless it is fixed; otherwise the one after the last that was fixed, or else the first that never was, or the last
 * one if all were. Undefined if the workshop has no labs. Asks no account.
 */
export async function labAtHand(
  root: string,
  progress: Progress['labs'],
  folder = process.cwd(),
): Promise<LabAtHand | undefined> {
  const here = labs.find(({ id }) => isWithin(folder, labFolder(root, id)));
  if (here !== undefined) return { lab: here, why: 'here' };
  const [latest] = [...(await Promise.all(labs.map((lab) => edited(root, lab)))), await watched(root)]
    .flatMap((touched) => touched ?? [])
    .sort((one, other) => other.at - one.at);
  if (latest !== undefined) {
    const standing = await standingOf(root, latest.lab.id, progress[latest.lab.id]);
    if (standing !== 'fixed' && standing !== 'was fixed') return latest;
  }
  const wasFixed = ({ id }: Lab) => progress[id]?.fixedAt !== undefined;
  // Somebody who begins with a later lab goes on from there.
  const lab = labs[labs.findLastIndex(wasFixed) + 1] ?? labs.find((each) => !wasFixed(each)) ?? labs.at(-1);
  return lab && { lab, why: 'first to do' };
}

/** Records that a lab is being watched now, for commands without a name after that. */
export async function noteWatched(root: string, lab: string): Promise<void> {
  await writeWhole(noteIn(root), `${lab}\n`);
}

interface Touched extends LabAtHand {
  /** In milliseconds since the epoch. */
  readonly at: number;
}

async function watched(root: string): Promise<Touched | undefined> {
  try {
    const id = (await readFile(noteIn(root), 'utf8')).trim();
    const lab = labs.find((each) => each.id === id);
    return lab && { lab, why: 'watched', at: (await stat(noteIn(root))).mtimeMs };
  } catch {
    return undefined;
  }
}

/** Returns when the learner last saved a file of a lab; undefined if the lab is unchanged. */
async function edited(root: string, lab: Lab): Promise<Touched | undefined> {
  try {
    const paths = (await changedFiles(root, lab.id)).map((path) => join(labFolder(root, lab.id), path));
    if (paths.length === 0) return undefined;
    // A deleted file has no time.
    const times = await Promise.all(
      paths.map((path) =>
        stat(path).then(
          ({ mtimeMs }) => mtimeMs,
          () => 0,
        ),
      ),
    );
    return { lab, why: 'edited', at: Math.max(...times) };
  } catch {
    // The command itself reports an incomplete folder.
    return undefined;
  }
}

function isWithin(path: string, folder: string): boolean {
  try {
    return `${realpathSync(path)}${sep}`.startsWith(`${realpathSync(folder)}${sep}`);
  } catch {
    return false;
  }
}

function noteIn(root: string): string {
  return join(root, '.lab', 'last-watched');
}
