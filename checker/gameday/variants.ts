import { join } from 'node:path';
import { changesIn, checkNamedBy, type Expectation, type Variant } from '../prove/variants.ts';
import { checks } from './checks.ts';
import type { Fault } from './fault.ts';
import { faults } from './faults.ts';
import { canBeDrawnTogether } from './pairs.ts';
import { planted } from './planted.ts';

/**
 * Returns the variants that prove a game day: the solution, each fault alone, each pair that can be drawn, and what
 * people did otherwise. A set of faults that can all be drawn together proves many pairs at once: the checks find every
 * fault in it.
 */
export async function gameDayVariants(root: string): Promise<Variant[]> {
  const all = Object.entries(faults);
  return [
    await gameDaySolution(root),
    ...(await Promise.all(all.map(([name, fault]) => alone(root, name, fault)))),
    ...(await Promise.all(setsOfPairs().map((set) => together(root, set)))),
    ...(await changed(root, 'repairs', [], () => ({ kind: 'fixed' }))),
    ...(await Promise.all(all.map(([name]) => shortcutsAround(root, name)))).flat(),
  ];
}

/** Returns the variant that shows whether the checks of different labs get in each other's way. */
export async function gameDaySolution(root: string): Promise<Variant> {
  return { name: 'solution', files: await planted(root, []), expects: { kind: 'fixed' } };
}

async function alone(root: string, name: string, { solvedBy, alsoFails }: Fault): Promise<Variant> {
  const expects = { kind: 'fails exactly', checks: [...solvedBy, ...alsoFails] } as const;
  return { name: `alone/${name}`, files: await planted(root, [name]), expects };
}

/** Changes to a room with one fault that only hide it: `no-words-in-the-logs--a-mute-console.patch`. */
function shortcutsAround(root: string, fault: string): Promise<Variant[]> {
  return changed(root, `faults/${fault}/shortcuts`, [fault], (path) => ({
    kind: 'fails',
    check: checkNamedBy(checks, path),
  }));
}

/** Returns the variants of the changes in a folder, each of which is made to a room with these faults. */
async function changed(
  root: string,
  folder: string,
  faults: readonly string[],
  expects: (path: string) => Expectation,
): Promise<Variant[]> {
  const from = `checker/gameday/${folder}`;
  const [changes, base] = await Promise.all([changesIn(join(root, from)), planted(root, faults)]);
  return changes.map(({ name, apply }) => {
    const path = `${from}/${name}`;
    return { name: `${folder}/${name}`, expects: expects(path), ...apply(base, path) };
  });
}

/** Faults by name, in the order of the registry. */
type Named = readonly [name: string, fault: Fault];

async function together(root: string, set: readonly Named[]): Promise<Variant> {
  const names = set.map(([name]) => name);
  const checks = [...new Set(set.flatMap(([, { solvedBy }]) => solvedBy))];
  const files = await planted(root, names);
  return { name: `together/${names.join('+')}`, files, checks, expects: { kind: 'fails all', checks } };
}

/** Returns sets of faults that can be drawn together and contain each possible pair at least once. */
export function setsOfPairs(): Array<readonly Named[]> {
  const all = Object.entries(faults);
  const fits = (one: Named, other: Named) => canBeDrawnTogether(one, other, checks);
  const left = new Set<string>();
  for (const [index, one] of all.entries())
    for (const other of all.slice(index + 1)) if (fits(one, other)) left.add(pair(one, other));
  const sets: Array<readonly Named[]> = [];
  while (left.size > 0) {
    let set: readonly Named[] = [];
    for (let next: Named | undefined = bestNext(all, set, left, fits); next !== undefined; ) {
      set = [...set, next];
      next = bestNext(all, set, left, fits);
    }
    const ordered = all.filter((each) => set.includes(each));
    for (const [index, one] of ordered.entries())
      for (const other of ordered.slice(index + 1)) left.delete(pair(one, other));
    sets.push(ordered);
  }
  return sets;
}

/** Returns the fault that fits a whole set and adds the most missing pairs; undefined if none adds any. */
function bestNext(
  all: readonly Named[],
  set: readonly Named[],
  left: ReadonlySet<string>,
  fits: (one: Named, other: Named) => boolean,
): Named | undefined {
  const candidates = all.filter((each) => !set.includes(each) && set.every((other) => fits(each, other)));
  const brings = (each: Named) => {
    const others = set.length === 0 ? all : set;
    return others.filter((other) => left.has(pair(each, other)) || left.has(pair(other, each))).length;
  };
  const [best] = candidates.sort((one, other) => brings(other) - brings(one));
  return best !== undefined && brings(best) > 0 ? best : undefined;
}

function pair([one]: Named, [other]: Named): string {
  return `${one}+${other}`;
}
