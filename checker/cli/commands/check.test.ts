import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { check } from './check.ts';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'lab-check-'));
  await mkdir(join(root, '.lab'));
  await writeFile(join(root, '.lab', 'target.json'), '{"kind":"nowhere"}');
});
afterEach(() => rm(root, { recursive: true, force: true }));

test('if the account cannot be opened, the report says so instead of keeping that of an earlier run', async () => {
  const file = join(root, 'out.xml');
  await writeFile(file, 'all is well');
  const printed: string[] = [];
  const print = (line: string) => void printed.push(line);
  const { signal } = new AbortController();
  const program = { root, signal, print, say: print, isTerminal: false, takesKeys: false };
  expect(await check(program, { names: ['01'], junit: file })).toBe(3);
  expect(await readFile(file, 'utf8')).toContain('<error message=');
  expect(printed.join('\n')).toContain('could not be checked');
});
