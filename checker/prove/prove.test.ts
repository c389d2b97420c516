import { describe, expect, test } from 'vitest';
import type { Result, Verdict } from '../check.ts';
import { labFiles, learnersFiles } from '../lab-files.ts';
import { labs } from '../labs.ts';
import { workshopRoot } from '../root.ts';
import { isAs } from './prove.ts';
import { faultIsNotOne, variantsOf } from './variants.ts';

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

describe.each(labs)('$id', (lab) => {
  test('has one fault, in one place', async () => {
    expect(await faultIsNotOne(root, lab)).toBeUndefined();
  });

  test('its repairs and shortcuts fit its start', async () => {
    const variants = await variantsOf(root, lab);
    const count = (folder: string) => variants.filter(({ name }) => name.startsWith(`${folder}/`)).length;
    expect(count('repairs')).toBeGreaterThanOrEqual(5);
    expect(count('shortcuts')).toBeGreaterThanOrEqual(8);
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
