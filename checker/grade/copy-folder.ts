import { copyFile, lstat, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { LabError } from '../failures/errors.ts';

/**
 * The parts of a checkout that grading reads. Everything else is ignored: in particular `.lab/target.json`, which could
 * name the grader's own profile and any address, and unzipped functions, which are unzipped again from the account.
 */
const parts = [
  { path: '.lab/account/owner.json', isCopied: false },
  { path: '.lab/account/identity.json', isCopied: true },
  { path: '.lab/account/state', isCopied: true },
  { path: '.lab/account/blobs', isCopied: true },
  { path: '.lab/account/dynamodb', isCopied: true },
  { path: '.lab/account/logs', isCopied: true },
  { path: '.lab/deployed', isCopied: true },
  { path: '.lab/tokens.json', isCopied: true },
  { path: 'labs', isCopied: true },
  { path: 'gameday/record.jsonl', isCopied: true },
  { path: 'app/functions', isCopied: true },
] as const;

/** Generated or editor files beside sources. */
const furniture = /^(\..*|node_modules|cdk\.out)$/;

/** The size limits of a part, in bytes and in files. A room with a year of deployments stays far below. */
const largest = { bytes: 512 * 1024 ** 2, files: 20_000 };

/**
 * Copies the part of a learner's folder that grading reads, and returns the copy's path; the caller removes it.
 * Rejects with a LabError if something in it is a symbolic link, is neither a file nor a folder, or is too large: a
 * link could lead to another learner's account or the grader's, and reading a pipe never ends.
 */
export async function copyFolder(folder: string): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), 'websocket-lab-grade-'));
  try {
    for (const { path, isCopied } of parts) {
      if (!(await isThere(folder, path))) continue;
      const left = { ...largest };
      if (isCopied) await copyPart({ from: folder, to: copy, left }, path);
      else await requireFile(folder, path);
    }
    return copy;
  } catch (error) {
    await rm(copy, { recursive: true, force: true, maxRetries: 5 });
    throw error;
  }
}

/** Whether a path exists and all of its parents are folders. */
async function isThere(folder: string, path: string): Promise<boolean> {
  const names = path.split('/');
  for (const [index] of names.entries()) {
    const part = names.slice(0, index + 1).join('/');
    const found = await lstat(join(folder, part)).catch(() => undefined);
    if (found === undefined) return false;
    if (found.isSymbolicLink()) throw refused(`${part} is a symbolic link`);
  }
  return true;
}

async function requireFile(folder: string, path: string): Promise<void> {
  if (!(await lstat(join(folder, path))).isFile()) throw refused(`${path} is not a file`);
}

interface Copying {
  readonly from: string;
  readonly to: string;
  /** The bytes and files that can still be copied. */
  readonly left: { bytes: number; files: number };
}

async function copyPart(copying: Copying, path: string): Promise<void> {
  const { from, to, left } = copying;
  const found = await lstat(join(from, path));
  if (found.isSymbolicLink()) throw refused(`${path} is a symbolic link`);
  if (found.isDirectory()) {
    await mkdir(join(to, path), { recursive: true });
    const names = await readdir(join(from, path));
    for (const name of names)
      if (path.startsWith('.') || !furniture.test(name)) await copyPart(copying, `${path}/${name}`);
    return;
  }
  if (!found.isFile()) throw refused(`${path} is not a file`);
  left.bytes -= found.size;
  left.files -= 1;
  if (left.bytes < 0 || left.files < 0) {
    const part = path.split('/').slice(0, 2).join('/');
    throw refused(`${part} is larger than grading allows (${largest.bytes / 1024 ** 2} MB, ${largest.files} files)`);
  }
  await mkdir(dirname(join(to, path)), { recursive: true });
  await copyFile(join(from, path), join(to, path));
}

function refused(what: string): LabError {
  return new LabError(`${what}. This folder wasn't graded.`, 'Ask its owner for a plain copy of it, and grade again.');
}
