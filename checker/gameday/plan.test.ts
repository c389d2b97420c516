import { expect, test } from 'vitest';
import { UsageError } from '../failures/errors.ts';
import { checks } from './checks.ts';
import { draw } from './draw.ts';
import { faults } from './faults.ts';
import { notOurs } from './not-ours.ts';
import { canBeDrawnTogether } from './pairs.ts';
import { plan } from './plan.ts';
import { randomFrom, shuffled } from './random.ts';

const usual = { count: 3, minutes: 60 };

test('random numbers follow from the seed alone', () => {
  const random = randomFrom(7);
  // Computed once: another version of Node.js must come to the same.
  expect([random(), random(), random()].map((each) => Math.floor(each * 1e9))).toEqual([11704753, 61958257, 976907632]);
  expect(shuffled([1, 2, 3, 4, 5, 6, 7, 8], randomFrom(7))).toEqual([1, 2, 8, 6, 5, 4, 3, 7]);
});

test('a seed always draws the same game', () => {
  expect(plan({ seed: 7, ...usual })).toEqual(plan({ seed: 7, ...usual }));
});

test('different seeds draw every fault and everything that is not ours', () => {
  const drawn = new Set<string>();
  for (let seed = 0; seed < 200; seed += 1) for (const { about } of plan({ seed, ...usual })) drawn.add(about);
  expect([...drawn].sort()).toEqual([...Object.keys(faults), ...Object.keys(notOurs)].sort());
});

test('no seed draws faults that mask each other', () => {
  for (let seed = 0; seed < 200; seed += 1) {
    const names = plan({ seed, ...usual }).flatMap(({ about, isOurs }) => (isOurs ? about : []));
    expect(names).toHaveLength(3);
    for (const one of names)
      for (const other of names) {
        if (one === other) continue;
        expect(canBeDrawnTogether(entry(one), entry(other), checks), `${seed}: ${one}, ${other}`).toBe(true);
      }
  }
});

test('everyone has complained after six tenths of the time, and the first complaint is ours and comes at once', () => {
  for (let seed = 0; seed < 50; seed += 1) {
    const complaints = plan({ seed, ...usual });
    expect(complaints).toHaveLength(5);
    expect(complaints[0]).toMatchObject({ isOurs: true, due: 0 });
    const due = complaints.map((each) => each.due);
    expect(due).toEqual([...due].sort((one, other) => one - other));
    expect(due.at(-1)).toBeLessThanOrEqual(36 * 60_000);
  }
});

test('more faults than fit into one game are refused, with how many do', () => {
  expect(() => plan({ seed: 7, count: 40, minutes: 60 })).toThrow(UsageError);
  expect(() => plan({ seed: 7, count: 40, minutes: 60 })).toThrow(/40 faults would mask each other/);
});

test('a draw backtracks from a choice that leaves too few', () => {
  const fits = (one: number, other: number) => one !== 0 && other !== 0;
  for (let seed = 0; seed < 20; seed += 1) {
    expect(draw([0, 1, 2], 2, { fits, random: randomFrom(seed) })?.toSorted()).toEqual([1, 2]);
    expect(draw([0, 1, 2], 3, { fits, random: randomFrom(seed) })).toBeUndefined();
  }
});

function entry(name: string) {
  const fault = faults[name];
  if (fault === undefined) throw new Error(name);
  return [name, fault] as const;
}
