import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bootstrapQualifiers } from './bootstrap-qualifiers.ts';
import { labs } from './labs.ts';

let root: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'qualifiers-'));
  for (const { id } of labs) await mkdir(join(root, 'labs', id), { recursive: true });
});

afterAll(() => rm(root, { recursive: true, force: true }));

test("is the CDK's own, or what a lab's cdk.json or stack.ts names", async () => {
  expect(await bootstrapQualifiers(root)).toEqual(['hnb659fds']);
  const [first, second] = labs.map(({ id }) => join(root, 'labs', id));
  const context = { '@aws-cdk/core:bootstrapQualifier': 'team1' };
  await writeFile(join(first ?? '', 'cdk.json'), JSON.stringify({ context }));
  await writeFile(join(second ?? '', 'stack.ts'), "new DefaultStackSynthesizer({ qualifier: 'team2' })");
  expect(await bootstrapQualifiers(root)).toEqual(['team1', 'team2', 'hnb659fds']);
});
