import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Target } from '../aws/target.ts';
import { deployedAs, deployedFiles, fingerprint, recordDeployed } from './sources.ts';

let root: string;
let lab: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'sources-'));
  lab = join(root, 'labs', '01-x');
  await mkdir(lab, { recursive: true });
  await mkdir(join(root, 'app', 'functions'), { recursive: true });
  await writeFile(join(lab, 'stack.ts'), 'one\ntwo\n');
  await writeFile(join(root, 'app', 'functions', 'connect.ts'), 'connect');
});

afterEach(() => rm(root, { recursive: true, force: true }));

describe('the fingerprint of a lab', () => {
  test.each([
    ['its stack', 'labs/01-x/stack.ts'],
    ['a file beside it', 'labs/01-x/more.ts'],
    ['a function of its own', 'labs/01-x/functions/send.ts'],
    ['a function of the room', 'app/functions/connect.ts'],
  ])('changes with %s', async (_, file) => {
    const before = fingerprint(lab);
    await mkdir(join(root, file, '..'), { recursive: true });
    await writeFile(join(root, file), 'changed');
    expect(fingerprint(lab)).not.toBe(before);
  });

  test("does not change with its README, with the CDK's leftovers, or with line endings", async () => {
    const before = fingerprint(lab);
    await writeFile(join(lab, 'README.md'), 'words');
    await mkdir(join(lab, 'cdk.out'));
    await writeFile(join(lab, 'cdk.out', 'x.ts'), 'x');
    await writeFile(join(lab, 'stack.ts'), 'one\r\ntwo\r\n');
    expect(fingerprint(lab)).toBe(before);
  });

  test.skipIf(process.platform === 'win32')('does not change with leftovers of editors', async () => {
    const before = fingerprint(lab);
    const functions = join(root, 'app', 'functions');
    for (const folder of [lab, functions]) {
      await writeFile(join(folder, '.stack.ts.swp'), 'x');
      await writeFile(join(folder, '.#half.ts'), 'x');
      await writeFile(join(folder, 'stack.ts~'), 'x');
      await symlink('ada@machine.1234:5678', join(folder, '.#stack.ts'));
      await symlink('ada@machine.1234:5678', join(folder, 'gone.ts'));
    }
    expect(fingerprint(lab)).toBe(before);
  });
});

test('the deployed state is remembered until another tool deploys, and for that account only', async () => {
  const stack = { StackId: 'arn:1', CreationTime: new Date(1000) };
  const target = {
    title: 'the practice account',
    clients: { cloudformation: async () => ({ send: async () => ({ Stacks: [stack] }) }) },
  } as unknown as Target;
  await recordDeployed(root, '01-x', target, fingerprint(lab));
  const now = { id: 'arn:1', changedAt: 1000 };
  expect(await deployedAs(root, '01-x', target, now, lab)).toBe('this file');
  expect(await deployedAs(root, '01-x', target, { ...now, changedAt: 2000 }, lab)).toBeUndefined();
  expect(await deployedAs(root, '01-x', { title: 'AWS account 1' }, now, lab)).toBeUndefined();
  await writeFile(join(lab, 'stack.ts'), 'one\ntwo\nthree\n');
  expect(await deployedAs(root, '01-x', target, now, lab)).toBe('another state');
});

test.each([
  '',
  'null',
  '[]',
  '{"format":1,"targets":null}',
  '{"format":1,"targets":{"the practice account":null}}',
  '{"format":1,"targets":{"the practice account":{"fingerprint":7}}}',
])('ignores a damaged note: %s', async (text) => {
  await mkdir(join(root, '.lab', 'deployed'), { recursive: true });
  await writeFile(join(root, '.lab', 'deployed', '01-x.json'), text);
  expect(await deployedFiles(root, '01-x')).toBeUndefined();
  const now = { id: 'arn:1', changedAt: 1000 };
  expect(await deployedAs(root, '01-x', { title: 'the practice account' }, now, lab)).toBeUndefined();
});
