import { createHash, randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { randomIds } from '../calls/ids.ts';

/** The format of the data in the account's folder; another number is another format. */
export const format = 1;

/** The account's identity: created randomly once per checkout, and kept when the account is reset. */
export interface Identity {
  readonly format: number;
  readonly accountId: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Seals session tokens; 32 bytes in base64. */
  readonly sealingKey: string;
  /** The SHA-256 of the members above in hexadecimal: a key with a changed character would still be valid. */
  readonly sum?: string;
}

/** The folder's state belongs to another version than this program, or can't be read. */
export class ForeignFormatError extends Error {
  override readonly name = 'ForeignFormatError';
}

/** Reads the identity of the account in `folder`, and creates one if there is none. Safe for concurrent callers. */
export async function identityOf(folder: string): Promise<Identity> {
  const path = join(folder, 'identity.json');
  const kept = await readIdentity(path);
  if (kept !== undefined) return kept;
  await mkdir(folder, { recursive: true });
  const made = sealed({
    format,
    accountId: '111122223333',
    accessKeyId: randomIds.unique('AKIA').slice(0, 20),
    secretAccessKey: randomBytes(30).toString('base64'),
    sealingKey: randomBytes(32).toString('base64'),
  });
  const temporary = await writeBeside(path, made);
  // A link fails if the name is taken: if two processes start at once, one identity remains.
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
    identity = { ...(JSON.parse(text) as Identity) };
  } catch {
    throw new ForeignFormatError(`${path} is damaged: it is not JSON.`);
  }
  if (identity.format !== format) {
    throw new ForeignFormatError(
      `${path} has format ${identity.format}, but this version of the workshop reads format ${format}.`,
    );
  }
  // It becomes the name of a folder.
  if (!/^\d{12}$/.test(identity.accountId)) {
    throw new ForeignFormatError(`${path} is damaged: its account id isn't a 12-digit number.`);
  }
  if (identity.sum === undefined && hasMembers(identity)) return sealAgain(path, identity);
  if (!isDeepStrictEqual(identity, sealed(identity))) {
    throw new ForeignFormatError(`${path} is damaged: its checksum is wrong.`);
  }
  return identity;
}

function sealed({ format, accountId, accessKeyId, secretAccessKey, sealingKey }: Identity): Identity {
  const members = { format, accountId, accessKeyId, secretAccessKey, sealingKey };
  return { ...members, sum: createHash('sha256').update(JSON.stringify(members)).digest('hex') };
}

/** Earlier versions wrote no checksum. The file gets one when it is first read. */
async function sealAgain(path: string, identity: Identity): Promise<Identity> {
  const whole = sealed(identity);
  // A read-only account works without it.
  await writeBeside(path, whole)
    .then((temporary) => rename(temporary, path))
    .catch(() => {});
  return whole;
}

function hasMembers(identity: Identity): boolean {
  const { sum: _, ...members } = sealed(identity);
  return isDeepStrictEqual(identity, members) && Object.values(members).every((value) => value !== undefined);
}

/** Writes an identity to a file beside its own, and returns that file's path. */
async function writeBeside(path: string, identity: Identity): Promise<string> {
  const temporary = `${path}.${process.pid}-${randomBytes(4).toString('hex')}`;
  await writeFile(temporary, `${JSON.stringify(identity, undefined, 2)}\n`, { mode: 0o600, flush: true });
  return temporary;
}
