import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { asLaidOut } from '../prove/lay-out.ts';
import { filesUnder } from '../workshop/files-under.ts';
import { gameDayFolder, gameDayId } from '../workshop/game-day-folder.ts';
import { isSameText, type LabFiles } from '../workshop/lab-files.ts';
import { planted } from './planted.ts';

/** Returns a digest of each file that changed since the game began, by its path in the game's folder. */
export async function changedFiles(root: string, faults: readonly string[]): Promise<Record<string, string>> {
  const [now, start] = await Promise.all([gameFiles(root), planted(root, faults)]);
  const before = asLaidOut(gameDayId, start);
  const paths = [...new Set([...now.keys(), ...before.keys()])].sort();
  const changed = paths.filter((path) => !isSameText(now.get(path), before.get(path)));
  return Object.fromEntries(changed.map((path) => [path, digest(now.get(path))]));
}

/** A deleted file has an empty digest. */
function digest(text: string | undefined): string {
  return text === undefined ? '' : createHash('sha256').update(text).digest('hex').slice(0, 12);
}

/** Returns the player's current code, by its path in the game's folder. */
async function gameFiles(root: string): Promise<LabFiles> {
  const parts = [`labs/${gameDayId}`, 'app/functions'].map(async (part) => {
    const files = await filesUnder(join(gameDayFolder(root), part));
    const code = [...files].filter(([path]) => /\.(ts|js|mjs|json)$/.test(path) && !path.includes('cdk.out/'));
    return code.map(([path, text]) => [`${part}/${path}`, text] as const);
  });
  return new Map((await Promise.all(parts)).flat());
}
