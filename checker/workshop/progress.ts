import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Verdict } from '../checking/check.ts';
import { decidedFrom as decidedFromOf } from '../checking/decided-from.ts';
import { LabError } from '../failures/errors.ts';
import { tryLock } from '../process/lock.ts';
import { until } from '../process/until.ts';
import { labVersion } from './lab-version.ts';
import { deployedFiles, filesNow } from './sources.ts';

/** How far a learner has come: `.lab/progress.json`. */
export interface Progress {
  readonly format: 1;
  readonly labs: { readonly [id: string]: LabProgress };
}

export interface LabProgress {
  /** When all checks of the lab passed for the first time (ISO 8601). */
  readonly fixedAt?: string;
  /** The fingerprint of the files that were deployed when they last passed. */
  readonly fixedFiles?: string;
  /** The lab's own version when it last passed: a newer workshop may have changed the lab. */
  readonly fixedLab?: string;
  /** From when on (ISO 8601) what the last look left undecided can be decided. */
  readonly decidedFrom?: string;
  /** How many hints were given for each check; for what was found there, each by itself: `route-sendmessage/key-differs`. */
  readonly hints?: { readonly [finding: string]: number };
}

const nothing: Progress = { format: 1, labs: {} };

/** How long to wait for another process that writes, in milliseconds: it is done long before. */
const patience = 10_000;

/** Reads how far the learner has come. Rejects what is damaged or of another version: it is never wiped by itself. */
export async function readProgress(root: string): Promise<Progress> {
  let text: string;
  try {
    text = await readFile(pathOf(root), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return nothing;
    throw unusable(`cannot be read: ${(error as Error).message}`, error);
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
  if (unknown !== undefined) throw unusable(`is damaged: what it says of ${unknown} cannot be understood`);
  return parsed as Progress;
}

/** Somebody may have edited the file by hand. */
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

/** Changes what is known of one lab. Reads, changes and writes while no other process does; nobody sees half of it. */
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
      const temporary = `${path}.${randomUUID()}`;
      await writeFile(temporary, `${JSON.stringify({ format: 1, labs: { ...labs, [lab]: changed } }, undefined, 2)}\n`);
      await rename(temporary, path);
      return changed;
    });
  } catch (error) {
    if (error instanceof LabError) throw error;
    throw unusable(`cannot be written: ${(error as Error).message}`, error);
  }
}

/** Notes that all checks of a lab passed: when for the first time, and with which files. */
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
 * Where a learner stands with a lab: `fixed` if it is deployed now as its files are, and they are those that passed;
 * `files changed` if they are other files by now; `was fixed` if they are the same, but no longer deployed; `lab changed`
 * if the workshop has another version of the lab since.
 */
export type Standing = 'to do' | 'fixed' | 'was fixed' | 'files changed' | 'lab changed';

/** How a lab stands by what is written down of it. Asks no account. */
export async function standingOf(root: string, lab: string, past: LabProgress = {}): Promise<Standing> {
  const { fixedAt, fixedFiles, fixedLab } = past;
  if (fixedAt === undefined) return 'to do';
  const version = fixedLab === undefined ? undefined : await labVersion(root, lab);
  if (version !== undefined && version !== fixedLab) return 'lab changed';
  if (fixedFiles === undefined) return 'was fixed';
  if (fixedFiles === (await deployedFiles(root, lab))) return 'fixed';
  return fixedFiles === filesNow(root, lab) ? 'was fixed' : 'files changed';
}

/** Notes what a verdict tells of how far the learner is, or says that it could not: the verdict stands all the same. */
export async function noteVerdictOrSay(root: string, verdict: Verdict, say: (message: string) => void): Promise<void> {
  const isFixed = verdict.status === 'fixed';
  const noting = isFixed ? noteFixed(root, verdict.lab) : noteUndecided(root, verdict);
  await noting.catch((error: unknown) => {
    if (!(error instanceof LabError)) throw error;
    const what = isFixed ? 'That it is fixed' : 'When the rest of it can be decided';
    say(`${what} could not be noted: ${error.message} ${error.next}`);
  });
}

/** Most verdicts leave nothing undecided, and find nothing else noted. */
async function noteUndecided(root: string, { lab, status, checks }: Verdict): Promise<void> {
  const decidedFrom = status === 'pending' ? decidedFromOf({ checks })?.toISOString() : undefined;
  const { labs } = await readProgress(root).catch(() => nothing);
  if (labs[lab]?.decidedFrom === decidedFrom) return;
  await updateProgress(root, lab, ({ decidedFrom: _former, ...before }) =>
    decidedFrom === undefined ? before : { ...before, decidedFrom },
  );
}

async function alone<T>(lock: string, work: () => Promise<T>): Promise<T> {
  // Empty, so that it counts as left by its age: this work takes a moment.
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
    'See to the file, or move it away to begin the count of fixed labs and hints anew. Your labs are not touched by it.',
    { cause },
  );
}
