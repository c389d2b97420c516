import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Result, Verdict } from '../checking/result.ts';
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

  test('a response that could not be inspected proves nothing', () => {
    const broken = verdict('not fixed', { a: 'failed', b: 'broken' });
    expect(isAs({ kind: 'fails', check: 'a' }, broken)).toBe(false);
  });
});

test('no folder and no function is left over', async () => {
  expect(await orphansOf(root, labs)).toEqual([]);
});

test.each([
  [['a', 'b', 'c'], ['check has 3 hints instead of 4.']],
  [['a', ' ', 'c', 'd'], ['Hint 2 of check is empty.']],
  [['look', 'Now look there', 'c', 'd'], ['Hint 1 of check repeats the next one.']],
  [['a', 'b', 'c', 'd'], []],
])('hints %j lack %j', (hints, lacks) => {
  expect(hintsLacking('check', hints)).toEqual(lacks);
});

test.each(labs.slice(0, 1))('only a draft may omit minutes, and have few variants', async (lab) => {
  const ofDraft = (lacks: readonly string[]) => lacks.filter((each) => /minutes|needs at least/.test(each));
  const folder = await mkdtemp(join(tmpdir(), 'websocket-lab-draft-'));
  for (const tree of ['app', `labs/${lab.id}`, `solutions/${lab.id}`])
    await cp(join(root, tree), join(folder, tree), { recursive: true });
  for (const kind of ['repairs', 'shortcuts']) {
    const shipped = join(root, 'checker', 'labs', lab.id, kind);
    const [first = ''] = (await readdir(shipped)).filter((name) => name.endsWith('.patch'));
    await cp(join(shipped, first), join(folder, 'checker', 'labs', lab.id, kind, first));
  }
  const bare = { ...lab, minutes: undefined };
  expect(ofDraft(await lacksOf(folder, bare))).toEqual([
    `${lab.id} has no minutes for the lists of labs.`,
    `checker/labs/${lab.id}/repairs has 1 changes outside of more/; it needs at least 5.`,
    `checker/labs/${lab.id}/shortcuts has 1 changes outside of more/; it needs at least 8.`,
  ]);
  expect(ofDraft(await lacksOf(folder, { ...bare, draft: true }))).toEqual([]);
  await rm(folder, { recursive: true });
});

describe.each(labs)('$id', (lab) => {
  test('is complete: one fault, hints, pages, enough changes', async () => {
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
