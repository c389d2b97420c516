import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ClassicLevel } from 'classic-level';
import type { World } from '../calls/context.ts';
import { functions } from '../services/lambda/records.ts';
import { objects } from '../services/s3/records.ts';
import { Acknowledged } from '../state/acknowledged.ts';
import { DamagedStateError } from '../state/damaged-state-error.ts';

/**
 * Checks the files beside the state, so that missing ones are reported at the start instead of looking like a fault of
 * the room. Rejects with `DamagedStateError`.
 */
export async function checkFiles({ store, blobs, folder }: Pick<World, 'store' | 'blobs' | 'folder'>): Promise<void> {
  const code = functions
    .scopes(store)
    .flatMap((scope) => functions.list(store, scope))
    .flatMap(({ latest, versions }) => [latest, ...versions].map((version) => version.code));
  const named = [
    ...code,
    ...objects
      .scopes(store)
      .flatMap((scope) => objects.list(store, scope))
      .map(({ blob }) => blob),
  ];
  const missing = named.find((blob) => !existsSync(blobs.path(blob)));
  if (missing !== undefined) throw new DamagedStateError(`${blobs.path(missing)} is missing.`);
  // Other objects are compared with their names when they are read: a checkout can have hundreds of old assets.
  for (const blob of new Set(code)) await blobs.get(blob);
  for (const database of await databases(join(folder, 'dynamodb'))) {
    await Acknowledged.check(database, { synced: false });
    const level = new ClassicLevel(database);
    try {
      await level.open();
    } catch (error) {
      throw new DamagedStateError(`The tables in ${database} can't be opened.`, { cause: error });
    }
    await level.close();
  }
}

/** DynamoDB's databases: one folder per account and region. */
async function databases(folder: string): Promise<string[]> {
  if (!existsSync(folder)) return [];
  const accounts = await foldersIn(folder);
  return (await Promise.all(accounts.map(foldersIn))).flat();
}

/** Other files in there aren't databases, and must not keep the account from starting. */
async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name));
}
