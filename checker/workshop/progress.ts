import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { decidedFrom as decidedFromOf } from '../checking/decided-from.ts';
import type { Verdict } from '../checking/result.ts';
import { LabError } from '../failures/errors.ts';
import { tryLock } from '../process/lock.ts';
import { until } from '../process/until.ts';
import { writeWhole } from '../process/write-whole.ts';
import { labVersion } from './lab-version.ts';
import { deployedFiles, filesNow } from './sources.ts';

/** The learner's progress: `.lab/progress.json`. */
export interface Progress {
  readonly format: 1;
  readonly labs: { readonly [id: string]: LabProgress };
}

export interface LabProgress {
  /** When all of the lab's checks first passed (ISO 8601). */
  readonly fixedAt?: string;
  /** The fingerprint of the deployed files when they last passed. */
  readonly fixedFiles?: string;
  /** The lab's version when it last passed: a newer workshop may have changed the lab. */
  readonly fixedLab?: string;
  /** When the undecided checks can be decided (ISO 8601). */
  readonly decidedFrom?: string;
  /** How many hints were given for each check; findings count separately: `route-sendmessage/key-differs`. */
  readonly hints?: { readonly [finding: string]: number };
}

const nothing: Progress = { format: 1, labs: {} };

/** How long to wait for another process that is writing, in milliseconds: it needs far less. */
const patience = 10_000;

/** Reads the learner's progress. Rejects a damaged file or one of another version: it is never erased automatically. */
export async function readProgress(root: string): Promise<Progress> {
  let text: string;
  try {
    text = await readFile(pathOf(root), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return nothing;
    throw unusable(`can't be read: ${(error as Error).message}`, error);
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw unusable('is damaged: it is not JSON', error);
  }
  const { format, labs } = (parsed ?? {}) as { format?: unknown; labs?: unknown };
  if (typeof format === 'number' && format !== 1) throw unusable(`was written by another version (format ${format})`);
  if (format !== 1 || !isRecord(labs)) throw unusable('is damaged: it lists no labs');
  const unknown = Object.keys(labs).find((id) => !isLabProgress(labs[id]));
  if (unknown !== undefined) throw unusable(`is damaged: its entry for ${unknown} is invalid`);
  return parsed as Progress;
}

/** Somebody may have edited the file manually. */
function isLabProgress(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { fixedAt, fixedFiles, fixedLab, decidedFrom, hints } = value;
  const isTime = (time: unknown) => time === undefined || !Number.isNaN(Date.parse(String(time)));
  return (
    [fixedAt, fixedFiles, fixedLab, decidedFrom].every((text) => text === undefined || typeof text === 'string') &&
    isTime(fixedAt) &&
    isTime(decidedFrom) &&
    (hints === undefined || (isRecord(hints) && Object.values(hints).every(Number.isInteger)))
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Changes one lab's progress. Reads, changes and writes while no other process does, and atomically. */
export async function updateProgress(
  root: string,
  lab: string,
  change: (before: LabProgress) => LabProgress,
): Promise<LabProgress> {
  const path = pathOf(root);
  try {
    await mkdir(dirname(path), { recursive: true });
    return await alone(`${path}.lock`, async () => {
      const { labs } = await readProgress(root);
      const changed = change(labs[lab] ?? {});
      await writeWhole(path, `${JSON.stringify({ format: 1, labs: { ...labs, [lab]: changed } }, undefined, 2)}\n`);
      return changed;
    });
  } catch (error) {
    if (error instanceof LabError) throw error;
    throw unusable(`can't be written: ${(error as Error).message}`, error);
  }
}

/** Records that all checks of a lab passed: when they first did, and with which files. */
export async function noteFixed(root: string, lab: string, now = new Date()): Promise<void> {
  const [files, version] = await Promise.all([deployedFiles(root, lab), labVersion(root, lab)]);
  await updateProgress(root, lab, ({ decidedFrom: _undecided, ...before }) => ({
    ...before,
    fixedAt: before.fixedAt ?? now.toISOString(),
    ...(files === undefined ? {} : { fixedFiles: files }),
    ...(version === undefined ? {} : { fixedLab: version }),
  }));
}

/**
 * A learner's progress in a lab: `fixed` if it is deployed now with its current files, and those passed; `files
 * changed` if the files have changed since; `was fixed` if they are the same, but no longer deployed; `lab changed` if
 * the workshop has another version of the lab since.
 */
export type Standing = 'to do' | 'fixed' | 'was fixed' | 'files changed' | 'lab changed';

/** Returns a lab's standing, according to the records. Asks no account. */
export async function standingOf(root: string, lab: string, past: LabProgress = {}): Promise<Standing> {
  const { fixedAt, fixedFiles, fixedLab } = past;
  if (fixedAt === undefined) return 'to do';
  const version = fixedLab === undefined ? undefined : await labVersion(root, lab);
  if (version !== undefined && version !== fixedLab) return 'lab changed';
  if (fixedFiles === undefined) return 'was fixed';
  if (fixedFiles === (await deployedFiles(root, lab))) return 'fixed';
  return fixedFiles === filesNow(root, lab) ? 'was fixed' : 'files changed';
}

/** Records what a verdict says about the learner's progress, or says that it couldn't: the verdict stands. */
export async function noteVerdictOrSay(root: string, verdict: Verdict, say: (message: string) => void): Promise<void> {
  const isFixed = verdict.status === 'fixed';
  const noting = isFixed ? noteFixed(root, verdict.lab) : noteUndecided(root, verdict);
  await noting.catch((error: unknown) => {
    if (!(error instanceof LabError)) throw error;
    const what = isFixed ? 'The progress' : 'The time of the next check';
    say(`${what} couldn't be saved: ${error.message} ${error.next}`);
  });
}

/** Most verdicts leave nothing undecided, and nothing else is recorded. */
async function noteUndecided(root: string, { lab, status, checks }: Verdict): Promise<void> {
  const decidedFrom = status === 'pending' ? decidedFromOf({ checks })?.toISOString() : undefined;
  const { labs } = await readProgress(root).catch(() => nothing);
  if (labs[lab]?.decidedFrom === decidedFrom) return;
  await updateProgress(root, lab, ({ decidedFrom: _former, ...before }) =>
    decidedFrom === undefined ? before : { ...before, decidedFrom },
  );
}

async function alone<T>(lock: string, work: () => Promise<T>): Promise<T> {
  // Empty, so that it expires by its age: this work takes a moment.
  const holder = { text: '', isLeft: () => false };
  if (!(await until(async () => (await tryLock(lock, holder)) === 'ours', patience)))
    throw new Error(`${lock} is held by another process`);
  try {
    return await work();
  } finally {
    await rm(lock, { force: true });
  }
}

function pathOf(root: string): string {
  return join(root, '.lab', 'progress.json');
}

function unusable(what: string, cause?: unknown): LabError {
  return new LabError(
    `.lab/progress.json ${what}.`,
    "Fix the file, or move it away to reset your progress. That doesn't affect your labs.",
    { cause },
  );
}
