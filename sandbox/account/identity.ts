import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { randomIds } from '../calls/ids.ts';

/** The form of what is stored in the account's folder; another number is another form. */
export const format = 1;

/** Who the account is: made once a checkout, random, and kept when the account is reset. */
export interface Identity {
  readonly format: number;
  readonly accountId: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Seals session tokens; 32 bytes in base64. */
  readonly sealingKey: string;
}

/** The folder's state is of another version than this program, or cannot be read. */
export class ForeignFormatError extends Error {
  override readonly name = 'ForeignFormatError';
}

/** Reads the identity of the account in `folder`, and makes one where there is none. Safe with several at once. */
export async function identityOf(folder: string): Promise<Identity> {
  const path = join(folder, 'identity.json');
  const kept = await readIdentity(path);
  if (kept !== undefined) return kept;
  await mkdir(folder, { recursive: true });
  const made: Identity = {
    format,
    accountId: '111122223333',
    accessKeyId: randomIds.unique('AKIA').slice(0, 20),
    secretAccessKey: randomBytes(30).toString('base64'),
    sealingKey: randomBytes(32).toString('base64'),
  };
  const temporary = `${path}.${process.pid}-${randomBytes(4).toString('hex')}`;
  await writeFile(temporary, `${JSON.stringify(made, undefined, 2)}\n`, { mode: 0o600 });
  // A link fails where the name is taken: of two processes that start at once, one identity stays.
  await link(temporary, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await rm(temporary, { force: true });
  return (await readIdentity(path)) ?? made;
}

async function readIdentity(path: string): Promise<Identity | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  let identity: Identity;
  try {
    identity = JSON.parse(text) as Identity;
  } catch {
    throw new ForeignFormatError(`${path} is damaged: it is not JSON.`);
  }
  if (identity.format !== format) {
    throw new ForeignFormatError(
      `${path} is of format ${identity.format}; this version of the workshop reads format ${format}.`,
    );
  }
  return identity;
}
