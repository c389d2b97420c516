import { asLaidOut } from '../prove/lay-out.ts';
import { gameDayId } from '../workshop/game-day-folder.ts';
import { patchLines } from '../workshop/patch-lines.ts';
import { planted } from './planted.ts';

/** How one of a game's faults is repaired. */
export interface Repair {
  /** Where the fault is, relative to the workshop's folder. */
  readonly place?: { readonly file: string; readonly line: number };
  /** The lines of the patch. */
  readonly patch: readonly string[];
}

/** Returns the repair of one fault of a game: with it, only the other faults are left. */
export async function repairOf(root: string, fault: string, all: readonly string[]): Promise<Repair> {
  const others = all.filter((name) => name !== fault);
  const [faulty, repaired] = await Promise.all([planted(root, all), planted(root, others)]);
  const patch = patchLines(gameDayId, asLaidOut(gameDayId, faulty), asLaidOut(gameDayId, repaired));
  const place = firstChange(patch);
  return { ...(place === undefined ? {} : { place }), patch };
}

/** Returns the first line that a patch changes, in the file before the patch. */
function firstChange(patch: readonly string[]): Repair['place'] {
  const file = patch.find((line) => line.startsWith('--- a/'))?.slice('--- a/'.length);
  const hunk = patch.findIndex((line) => line.startsWith('@@ '));
  const [, begin] = /^@@ -(\d+)/.exec(patch[hunk] ?? '') ?? [];
  if (file === undefined || begin === undefined) return undefined;
  const before = patch.slice(hunk + 1).findIndex((line) => !line.startsWith(' '));
  return { file, line: Number(begin) + Math.max(0, before) };
}
