import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { missingPackage } from './missing-packages.ts';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'packages-'));
  await writeFile(
    join(root, 'package.json'),
    JSON.stringify({ dependencies: { tsx: '1', '@aws-sdk/client-iam': '1' } }),
  );
  await mkdir(join(root, 'node_modules', 'tsx'), { recursive: true });
});
afterEach(() => rm(root, { recursive: true, force: true }));

const text = "Error [ERR_MODULE_NOT_FOUND]: Cannot find package 'x' imported from /y.js";

test('reports one of our packages that is missing, and what to do', async () => {
  expect(missingPackage(root, text)).toMatchObject({
    message: "These packages of the workshop aren't installed: @aws-sdk/client-iam.",
    next: "Run `npm ci` in the workshop's folder.",
  });
  await mkdir(join(root, 'node_modules', '@aws-sdk', 'client-iam'), { recursive: true });
  // In that case it is one of the learner's.
  expect(missingPackage(root, text)).toBeUndefined();
});

test('any other error is not reported as one', () => {
  expect(missingPackage(root, 'Error: boom')).toBeUndefined();
});
