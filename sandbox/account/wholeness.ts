import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ClassicLevel } from 'classic-level';
import type { World } from '../calls/context.ts';
import { functions } from '../services/lambda/records.ts';
import { objects } from '../services/s3/records.ts';
import { DamagedStateError, hasLostItsIndex } from '../state/store.ts';

/**
 * Looks at the files beside the state, so that what is missing there is said at the start, and is not taken for a
 * fault of the room. Rejects with `DamagedStateError`.
 */
export async function checkFiles({ store, blobs, folder }: Pick<World, 'store' | 'blobs' | 'folder'>): Promise<void> {
  const named = [
    ...functions
      .scopes(store)
      .flatMap((scope) => functions.list(store, scope))
      .flatMap(({ latest, versions }) => [latest, ...versions].map(({ code }) => code)),
    ...objects
      .scopes(store)
      .flatMap((scope) => objects.list(store, scope))
      .map(({ blob }) => blob),
  ];
  const missing = named.find((blob) => !existsSync(blobs.path(blob)));
  if (missing !== undefined) throw new DamagedStateError(`${blobs.path(missing)} is missing.`);
  for (const database of await databases(join(folder, 'dynamodb'))) {
    if (hasLostItsIndex(database)) throw new DamagedStateError(`${join(database, 'CURRENT')} is missing.`);
    const level = new ClassicLevel(database);
    try {
      await level.open();
    } catch (error) {
      throw new DamagedStateError(`The tables in ${database} cannot be opened.`, { cause: error });
    }
    await level.close();
  }
}

/** DynamoDB's databases: a folder an account and region. */
async function databases(folder: string): Promise<string[]> {
  if (!existsSync(folder)) return [];
  const accounts = await readdir(folder);
  const paths = accounts.map(async (account) =>
    (await readdir(join(folder, account))).map((region) => join(folder, account, region)),
  );
  return (await Promise.all(paths)).flat();
}
