import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { Target } from '../aws/target.ts';
import { stackNameOf } from '../checking/subject.ts';
import { describe } from '../observe/stack.ts';
import { writeWhole } from '../process/write-whole.ts';
import { isAsShipped, labFolder } from './lab-files.ts';

/** The last deployment of a lab, by target: `.lab/deployed/<lab>.json`. */
interface DeploymentNote {
  readonly format: 1;
  readonly targets: { readonly [title: string]: Deployed };
}

interface Deployed {
  readonly fingerprint: string;
  /** The stack's state right afterward: another deployment, by any tool, changes it. */
  readonly stackId: string;
  readonly changedAt: number;
  /** Whether the lab's files were unchanged then. */
  readonly shipped?: boolean;
}

/** The files that a lab's deployment consists of: its own program, its functions with their imports, and the room's. */
export function sourcesOf(labFolder: string): string[] {
  const app = join(labFolder, '..', '..', 'app', 'functions');
  return [...sourcesUnder(labFolder), ...sourcesUnder(app)].sort();
}

/** SHA-256 of the names and contents of a lab's sources; line endings don't count. */
export function fingerprint(labFolder: string): string {
  const hash = createHash('sha256');
  for (const path of sourcesOf(labFolder)) {
    const text = textOf(path)?.replaceAll('\r\n', '\n');
    if (text === undefined) continue;
    hash.update(`${relative(labFolder, path).split(sep).join('/')}\0${text.length}\0${text}\0`);
  }
  return hash.digest('hex');
}

/**
 * Records what was deployed after a deployment. `deployed` is the fingerprint from before it began: the learner may
 * have saved again since.
 */
export async function recordDeployed(root: string, lab: string, target: Target, deployed: string): Promise<void> {
  const stack = await describe(target, stackNameOf(lab));
  if (stack === undefined) return;
  const { targets } = await readRecord(root, lab);
  const entry: Deployed = {
    fingerprint: deployed,
    stackId: stack.StackId ?? '',
    changedAt: (stack.LastUpdatedTime ?? stack.CreationTime)?.getTime() ?? 0,
    shipped: await wasShipped(root, lab, deployed),
  };
  await writeRecord(root, lab, { format: 1, targets: { ...targets, [target.title]: entry } });
}

async function writeRecord(root: string, lab: string, record: DeploymentNote): Promise<void> {
  await writeWhole(pathOf(root, lab), `${JSON.stringify(record, undefined, 2)}\n`);
}

/**
 * Returns the files that this stack was deployed from, according to its deployment's record: the current file, the lab
 * as shipped, or something else. Undefined if unknown, for example because another tool deployed it since.
 */
export async function deployedAs(
  root: string,
  lab: string,
  target: Pick<Target, 'title'>,
  stack: { readonly id: string; readonly changedAt: number },
  labFolder: string,
): Promise<'this file' | 'as shipped' | 'another state' | undefined> {
  const entry = (await readRecord(root, lab)).targets[target.title];
  if (entry?.stackId !== stack.id || entry.changedAt !== stack.changedAt) return undefined;
  if (entry.fingerprint === fingerprint(labFolder)) return 'this file';
  return entry.shipped === true ? 'as shipped' : 'another state';
}

/** Whether the learner's files have that fingerprint, and whether they are unchanged. */
async function wasShipped(root: string, lab: string, deployed: string): Promise<boolean> {
  try {
    return fingerprint(labFolder(root, lab)) === deployed && (await isAsShipped(root, lab));
  } catch {
    // A record about an incomplete folder says less.
    return false;
  }
}

/**
 * Returns the fingerprint of the learner's files if they are what was last deployed, to any account; otherwise
 * undefined.
 */
export async function deployedFiles(root: string, lab: string): Promise<string | undefined> {
  const now = filesNow(root, lab);
  const { targets } = await readRecord(root, lab);
  return Object.values(targets).some((entry) => entry.fingerprint === now) ? now : undefined;
}

/** Returns the fingerprint of the learner's files; undefined if the lab's folder is missing. */
export function filesNow(root: string, lab: string): string | undefined {
  const folder = labFolder(root, lab);
  return existsSync(folder) ? fingerprint(folder) : undefined;
}

/** Records that a lab was deleted from an account. */
export async function forgetDeployed(root: string, lab: string, { title }: Pick<Target, 'title'>): Promise<void> {
  const { [title]: gone, ...targets } = (await readRecord(root, lab)).targets;
  if (gone === undefined) return;
  if (Object.keys(targets).length === 0) await rm(pathOf(root, lab), { force: true });
  else await writeRecord(root, lab, { format: 1, targets });
}

/** Whether any deployment of the lab was ever recorded. */
export function wasDeployed(root: string, lab: string): boolean {
  return existsSync(pathOf(root, lab));
}

function pathOf(root: string, lab: string): string {
  return join(root, '.lab', 'deployed', `${lab}.json`);
}

/** A damaged record, or one of another version, is worthless and is overwritten. */
async function readRecord(root: string, lab: string): Promise<DeploymentNote> {
  try {
    const record = JSON.parse(await readFile(pathOf(root, lab), 'utf8')) as DeploymentNote;
    const targets = Object.entries(record.targets).filter(([, entry]) => typeof entry?.fingerprint === 'string');
    if (record.format === 1) return { format: 1, targets: Object.fromEntries(targets) };
  } catch {
    // Nothing was recorded yet.
  }
  return { format: 1, targets: {} };
}

/** The sources in a folder and its subfolders. */
function sourcesUnder(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const folders = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !/^(\..*|node_modules|cdk\.out)$/.test(entry.name))
    .map(({ name }) => join(folder, name));
  return [...sourcesIn(folder), ...folders.flatMap(sourcesUnder)];
}

/** The sources directly in a folder. Editors leave dot files and dangling links beside them while they work. */
function sourcesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name === 'cdk.json' || /^[^.].*\.(ts|js|mjs)$/.test(name))
    .map((name) => join(folder, name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile());
}

/** Undefined for a file that disappeared since the folder was read: editors replace files. */
function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
