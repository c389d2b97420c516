import type { AnyCheck } from '../checking/check.ts';
import type { Fault } from './fault.ts';

type Failing = Pick<Fault, 'solvedBy' | 'alsoFails' | 'masks'>;
type Needing = Pick<AnyCheck, 'id' | 'needs'>;

/**
 * Returns whether two faults, by name, can be in one game: neither fails a check that identifies the other, or hides
 * it. Otherwise the other would count as unsolved after its repair, or nobody could see it.
 */
export function canBeDrawnTogether(
  [oneName, one]: readonly [string, Failing],
  [otherName, other]: readonly [string, Failing],
  checks: readonly Needing[],
): boolean {
  const isHidden = (by: Failing, name: string, { solvedBy }: Failing) => {
    const spoiled = notPassing(by, checks);
    return by.masks?.includes(name) === true || solvedBy.some((id) => spoiled.has(id));
  };
  return !isHidden(one, otherName, other) && !isHidden(other, oneName, one);
}

/** Returns the ids of the checks that a fault keeps from passing: those that fail, and those that need one of them. */
function notPassing({ solvedBy, alsoFails }: Failing, checks: readonly Needing[]): ReadonlySet<string> {
  const ids = new Set([...solvedBy, ...alsoFails]);
  for (let before = -1; before !== ids.size; ) {
    before = ids.size;
    for (const { id, needs } of checks) if (needs.some((need) => ids.has(need))) ids.add(id);
  }
  return ids;
}
