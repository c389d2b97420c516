import type { Variant } from '../prove/variants.ts';
import type { Fault } from './fault.ts';
import { faults } from './faults.ts';
import { gameDayLab } from './lab.ts';
import { canBeDrawnTogether } from './pairs.ts';
import { planted } from './planted.ts';

/** Returns what a game day proves: the solution, each fault alone, and each pair that can be drawn. */
export async function gameDayVariants(root: string): Promise<Variant[]> {
  const all = Object.entries(faults);
  return [
    { name: 'solution', files: await planted(root, []), expects: { kind: 'fixed' } },
    ...(await Promise.all(all.map(([name, fault]) => alone(root, name, fault)))),
    ...(await Promise.all(drawablePairs().map(([one, other]) => together(root, one, other)))),
  ];
}

async function alone(root: string, name: string, { solvedBy, alsoFails }: Fault): Promise<Variant> {
  const expects = { kind: 'fails exactly', checks: [...solvedBy, ...alsoFails] } as const;
  return { name: `alone/${name}`, files: await planted(root, [name]), expects };
}

type Named = readonly [name: string, fault: Fault];

async function together(root: string, [one, a]: Named, [other, b]: Named): Promise<Variant> {
  const checks = [...new Set([...a.solvedBy, ...b.solvedBy])];
  const files = await planted(root, [one, other]);
  return { name: `pairs/${one}+${other}`, files, checks, expects: { kind: 'fails all', checks } };
}

function drawablePairs(): Array<[Named, Named]> {
  const all = Object.entries(faults);
  return all.flatMap((one, index) =>
    all
      .slice(index + 1)
      .flatMap(
        (other): Array<[Named, Named]> => (canBeDrawnTogether(one, other, gameDayLab.checks) ? [[one, other]] : []),
      ),
  );
}
