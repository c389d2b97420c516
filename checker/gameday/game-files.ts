import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { asLaidOut } from '../prove/lay-out.ts';
import { filesUnder } from '../workshop/files-under.ts';
import { gameDayFolder, gameDayId } from '../workshop/game-day-folder.ts';
import { isSameText, type LabFiles } from '../workshop/lab-files.ts';
import { planted } from './planted.ts';
import { type Happened, plantedIn } from './record.ts';

/**
 * Returns a game's files as they were at its start, by their path in its folder. The workshop's own can have changed
 * since, so they are from the record; records of earlier versions don't have them.
 */
export async function startFiles(root: string, record: readonly Happened[]): Promise<LabFiles> {
  const { files } = record.find((event) => event.kind === 'laid out') ?? {};
  if (files !== undefined) return new Map(Object.entries(files));
  return asLaidOut(gameDayId, await planted(root, plantedIn(record)));
}

/** Returns a digest of each file that changed since the game began, by its path in the game's folder. */
export async function changedFiles(root: string, record: readonly Happened[]): Promise<Record<string, string>> {
  const [now, start] = await Promise.all([gameFiles(root), startFiles(root, record)]);
  const before = new Map([...start].filter(([path]) => isCode(path)));
  const paths = [...new Set([...now.keys(), ...before.keys()])].sort();
  const changed = paths.filter((path) => !isSameText(now.get(path), before.get(path)));
  return Object.fromEntries(changed.map((path) => [path, digest(now.get(path))]));
}

/** A deleted file has an empty digest. */
function digest(text: string | undefined): string {
  return text === undefined ? '' : createHash('sha256').update(text).digest('hex').slice(0, 12);
}

/** The folders with code, in the game's. */
const parts = [`labs/${gameDayId}/`, 'app/functions/'];

/** Returns the player's current code, by its path in the game's folder. */
async function gameFiles(root: string): Promise<LabFiles> {
  const found = parts.map(async (part) => {
    const files = await filesUnder(join(gameDayFolder(root), part));
    return [...files].map(([path, text]) => [`${part}${path}`, text] as const);
  });
  return new Map((await Promise.all(found)).flat().filter(([path]) => isCode(path)));
}

function isCode(path: string): boolean {
  return parts.some((part) => path.startsWith(part)) && /\.(ts|js|mjs|json)$/.test(path) && !path.includes('cdk.out/');
}
