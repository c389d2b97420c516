import { describe, expect, test } from 'vitest';
import type { Result, Verdict } from '../checking/check.ts';
import { labFiles, learnersFiles } from '../workshop/lab-files.ts';
import { labs } from '../workshop/labs.ts';
import { workshopRoot } from '../workshop/root.ts';
import { isAs } from './prove.ts';
import { hintsLacking, lacksOf, orphansOf } from './whole.ts';

const root = workshopRoot();

function verdict(status: Verdict['status'], checks: Record<string, Result['status']>): Verdict {
  const results = Object.entries(checks).map(([id, each]) => ({ id, status: each }) as Result);
  return { status, checks: results } as unknown as Verdict;
}

describe('what a variant proves', () => {
  const failing = verdict('not fixed', { a: 'failed', b: 'blocked', c: 'failed' });

  test('a shortcut must fail the check that it names', () => {
    expect(isAs({ kind: 'fails', check: 'a' }, failing)).toBe(true);
    expect(isAs({ kind: 'fails', check: 'b' }, failing)).toBe(false);
  });

  test('a start must fail what it declares, and nothing else', () => {
    expect(isAs({ kind: 'fails exactly', checks: ['c', 'a'] }, failing)).toBe(true);
    expect(isAs({ kind: 'fails exactly', checks: ['a'] }, failing)).toBe(false);
  });

  test('what could not be looked at proves nothing', () => {
    const broken = verdict('not fixed', { a: 'failed', b: 'broken' });
    expect(isAs({ kind: 'fails', check: 'a' }, broken)).toBe(false);
  });
});

test('no folder and no function is left over', async () => {
  expect(await orphansOf(root, labs)).toEqual([]);
});

test.each([
  [['a', 'b', 'c'], ['check has 3 hints in place of 4.']],
  [['a', ' ', 'c', 'd'], ['Hint 2 of check is empty.']],
  [['look', 'Now look there', 'c', 'd'], ['Hint 1 of check repeats the next one.']],
  [['a', 'b', 'c', 'd'], []],
])('hints %j lack %j', (hints, lacks) => {
  expect(hintsLacking('check', hints)).toEqual(lacks);
});

describe.each(labs)('$id', (lab) => {
  test('is whole: one fault, hints, pages, enough changes', async () => {
    expect(await lacksOf(root, lab)).toEqual([]);
  });

  test('is shipped as its solution with the fault planted', async (context) => {
    const [shipped, now] = await Promise.all([labFiles(root, lab.id, 'start'), learnersFiles(root, lab.id)]);
    const same = shipped.size === now.size && [...shipped].every(([path, text]) => now.get(path) === text);
    if (!same && process.env.CI === undefined) {
      context.skip(`labs/${lab.id} is not as shipped: a learner has been there, or \`lab prove --write\` is due`);
    }
    expect(Object.fromEntries(now)).toEqual(Object.fromEntries(shipped));
  });
});
