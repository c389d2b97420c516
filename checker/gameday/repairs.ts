import type { Place } from '../checking/check.ts';
import { asLaidOut } from '../prove/lay-out.ts';
import { gameDayId } from '../workshop/game-day-folder.ts';
import { patchLines } from '../workshop/patch-lines.ts';
import { placeOfPatch } from '../workshop/place-of-patch.ts';
import { planted } from './planted.ts';

/** How one of a game's faults is repaired. */
export interface Repair {
  /** Where the fault is. */
  readonly place?: Place;
  /** The lines of the patch. */
  readonly patch: readonly string[];
}

/** Returns the repair of one fault of a game: with it, only the other faults are left. */
export async function repairOf(root: string, fault: string, all: readonly string[]): Promise<Repair> {
  const others = all.filter((name) => name !== fault);
  const [faulty, repaired] = await Promise.all([planted(root, all), planted(root, others)]);
  const patch = patchLines(gameDayId, asLaidOut(gameDayId, faulty), asLaidOut(gameDayId, repaired));
  return { place: placeOfPatch(patch), patch };
}
