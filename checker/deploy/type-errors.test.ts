import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Verdict } from '../checking/result.ts';
import { labFolder } from '../workshop/lab-files.ts';
import { fingerprint } from '../workshop/sources.ts';
import { noteTypeErrors, withTypeErrors } from './type-errors.ts';

const lab = '07-open-floodgates';
const errors = ["labs/07-open-floodgates/stack.ts:100:15 TS2353: 'throttles' does not exist in type 'StageProps'."];
const notFixed = { lab, status: 'not fixed' } as unknown as Verdict;
let root: string;
let file: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'type-errors-'));
  file = join(labFolder(root, lab), 'stack.ts');
  await mkdir(labFolder(root, lab), { recursive: true });
  await writeFile(file, 'throttles');
  await noteTypeErrors(root, lab, { of: fingerprint(labFolder(root, lab)), errors });
});
afterEach(() => rm(root, { recursive: true, force: true }));

test('a lab that is not fixed has the type errors of its deployment as a remark', async () => {
  expect((await withTypeErrors(root, notFixed)).remark?.split('\n')).toEqual([
    'The TypeScript compiler found errors in your files, which can be the reason:',
    `  ${errors[0]}`,
  ]);
  expect((await withTypeErrors(root, { ...notFixed, remark: 'Deployed at 10:00.' })).remark).toMatch(
    /^Deployed at 10:00\.\nThe TypeScript compiler/,
  );
  expect(await withTypeErrors(root, { ...notFixed, status: 'fixed' })).not.toHaveProperty('remark');
});

test('other files have other errors, and a deployment without errors removes them', async () => {
  await writeFile(file, 'throttle');
  expect(await withTypeErrors(root, notFixed)).toBe(notFixed);
  await writeFile(file, 'throttles');
  await noteTypeErrors(root, lab, { of: '', errors: [] });
  expect(await withTypeErrors(root, notFixed)).toBe(notFixed);
});
