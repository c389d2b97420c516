import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FunctionRecord, VersionRecord } from '../records.ts';

/** Where each environment has its own `/tmp`. */
export const scratchFolder = 'functions-tmp';

/** Whether the account's folder still has an environment's `/tmp`. */
export function hasScratch(folder: string): boolean {
  try {
    return readdirSync(join(folder, scratchFolder)).length > 0;
  } catch {
    return false;
  }
}

/** Creates the folders of an environment's process in the account's folder, and returns them. */
export function processFolders(
  folder: string,
  { FunctionArn }: Pick<FunctionRecord, 'FunctionArn'>,
  { code }: Pick<VersionRecord, 'code'>,
  environment: string,
): { readonly scratch: string; readonly compileCache: string } {
  // Compiled code belongs to one version: if another function could write it, it would run in this one.
  const ofVersion = createHash('sha256').update(`${FunctionArn} ${code}`).digest('hex');
  const created = (...names: readonly string[]) => {
    const path = join(folder, ...names);
    mkdirSync(path, { recursive: true });
    return path;
  };
  return { scratch: created(scratchFolder, environment), compileCache: created('functions-cache', ofVersion) };
}
