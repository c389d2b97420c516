import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fileFailure } from './file-failure.ts';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'file-failure-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const failed = (code: string, syscall: string, path: string) =>
  Object.assign(new Error(`${code}: no such file or directory, ${syscall} '${path}'`), { code, syscall, path });

test('a folder that cannot be created in an existing parent: the disk is read-only', () => {
  // Node.js's error for EROFS when it creates folders recursively.
  const path = join(root, '.lab');
  expect(fileFailure(failed('ENOENT', 'mkdir', path))?.message).toBe(`${path} can't be written: it is read-only.`);
});

test('reports a folder in the place of a file', () => {
  const rename = Object.assign(new Error('EISDIR: illegal operation on a directory, rename'), {
    code: 'EISDIR',
    path: join(root, '.lab', 'target.json.1'),
    dest: join(root, '.lab', 'target.json'),
  });
  expect(fileFailure(rename)?.message).toBe(`${join(root, '.lab', 'target.json')} is a folder, but should be a file.`);
});

test('a missing file is a different problem', () => {
  expect(fileFailure(failed('ENOENT', 'open', join(root, 'x')))).toBeUndefined();
  expect(fileFailure(failed('ENOENT', 'mkdir', join(root, 'gone', 'x')))).toBeUndefined();
});

test('reports who owns a file that cannot be written', () => {
  const next = (...path: string[]) => fileFailure(failed('EACCES', 'open', join(root, ...path)))?.next;
  expect(next('.lab', 'target.json')).toContain('in its folder .lab');
  expect(next('labs', '01-missing-route', 'stack.ts')).toBe(
    'Give yourself write permission there, and run the command again.',
  );
});

test("an account's answer about its own disk is a different problem", () => {
  const text = 'The practice account can no longer write its state: No space left on device.';
  expect(fileFailure(Object.assign(new Error(text), { $metadata: {} }))).toBeUndefined();
  expect(fileFailure(new Error(text))?.message).toBe('The disk is full.');
});
