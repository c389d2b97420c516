import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Target } from '../aws/target.ts';
import { check } from '../checking/check.ts';
import { LabError } from '../failures/errors.ts';
import { labs } from '../workshop/labs.ts';
import { prove } from './prove.ts';
import { ProvingAccount } from './proving-account.ts';

const [lab] = labs;
if (lab === undefined) throw new Error('There is no lab.');

function provingAccount(seed?: number): ProvingAccount {
  const account = new ProvingAccount(seed);
  onTestFinished(() => account.close());
  return account;
}

test("a lab's next variant finds the account of the last one, and another lab's doesn't", async () => {
  const account = provingAccount();
  expect(await account.used(lab.id)).toBeUndefined();
  const target = await account.renewed(lab.id, 'start');
  expect(await account.used(lab.id)).toBe(target);
  expect(await account.used('02-other')).toBeUndefined();
  expect(await account.renewed(lab.id, 'solution')).not.toBe(target);
});

test('under weather, each variant gets a new account', async () => {
  const account = provingAccount(1);
  await account.renewed(lab.id, 'start');
  expect(await account.used(lab.id)).toBeUndefined();
});

test('an unexpected verdict in a used account is decided in a new one, and tried once more', async () => {
  const root = await mkdtemp(join(tmpdir(), 'websocket-lab-'));
  onTestFinished(() => rm(root, { recursive: true }));
  await writeFile(join(root, 'tsconfig.json'), '{}');
  const account = provingAccount();
  const used = await account.renewed(lab.id, 'start');
  const targets: Target[] = [];
  const deploy = async ({ target }: { target: Target }) => {
    targets.push(target);
    throw new LabError('The route exists.', '');
  };
  const { signal } = new AbortController();
  const variant = { name: 'repairs/one', files: new Map([['stack.ts', '']]), expects: { kind: 'fixed' } } as const;
  const proof = await prove({ root, lab, variant, deploy, signal, account });
  expect(proof).toMatchObject({ holds: false, actual: "can't be deployed: The route exists." });
  expect(targets[0]).toBe(used);
  expect(new Set(targets).size).toBe(3);
  // Nothing that went wrong is passed on to the next variant.
  expect(await account.used(lab.id)).toBeUndefined();
});

test('in a used account, only its check looks at a shortcut; in a new one, all do', async () => {
  const root = await mkdtemp(join(tmpdir(), 'websocket-lab-'));
  onTestFinished(() => rm(root, { recursive: true }));
  await writeFile(join(root, 'tsconfig.json'), '{}');
  const looked: string[] = [];
  const failing = (id: string) =>
    check({
      id,
      title: id,
      needs: [],
      expected: '',
      observe: async () => looked.push(id),
      judge: () => ({ outcome: 'failed', actual: '', evidence: [], at: undefined }),
      hints: ['1', '2', '3', '4'],
      docs: { lab: '', aws: '' },
    });
  const account = provingAccount();
  const proveIt = () =>
    prove({
      root,
      lab: { ...lab, load: async () => ({ checks: ['one', 'two'].map(failing), failsAtStart: [] }) },
      variant: {
        name: 'shortcuts/two--x',
        files: new Map([['stack.ts', '']]),
        expects: { kind: 'fails', check: 'two' },
      },
      deploy: async () => ({}) as never,
      signal: new AbortController().signal,
      account,
    });
  await account.renewed(lab.id, 'start');
  expect(await proveIt()).toMatchObject({ holds: true });
  expect(looked).toEqual(['two']);
  await account.close();
  expect(await proveIt()).toMatchObject({ holds: true });
  expect(looked).toEqual(['two', 'one', 'two']);
});
