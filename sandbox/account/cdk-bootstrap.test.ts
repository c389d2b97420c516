import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { randomIds } from '../calls/ids.ts';
import { stacks } from '../services/cloudformation/records.ts';
import { roles } from '../services/iam/records.ts';
import { Store } from '../state/store.ts';
import { bootstrapCdk } from './cdk-bootstrap.ts';

const place = { accountId: '111122223333', region: 'us-east-1' };
const lookup = 'cdk-hnb659fds-lookup-role-111122223333-us-east-1';
const readOnly = ['arn:aws:iam::aws:policy/ReadOnlyAccess'];

it("grants the missing permissions to the first revision's stack, once", async () => {
  const { store, role, renew } = await firstRevision({});
  await renew();
  expect(role()?.attached).toEqual(readOnly);
  expect(role()?.RoleId).toBe('AROAFIRST');
  await renew();
  expect(stacks.list(store, '111122223333/us-east-1').map(({ StackName }) => StackName)).toEqual(['CDKToolkit']);
});

it('leaves an edited lookup role as it is', async () => {
  const { role, renew } = await firstRevision({ attached: [] });
  await renew();
  expect(role()?.attached).toEqual([]);
});

it('does not recreate a deleted lookup role', async () => {
  const { store, role, renew } = await firstRevision({});
  await store.commit([roles.remove('111122223333/global', lookup)]);
  await renew();
  expect(role()).toBeUndefined();
});

/** An account as it was before it had the stack. */
async function firstRevision(changes: { readonly attached?: readonly string[] }) {
  const folder = await mkdtemp(join(tmpdir(), 'websocket-lab-'));
  const store = await Store.open(folder);
  onTestFinished(async () => {
    await store.close();
    await rm(folder, { recursive: true });
  });
  const world = { store, clock: { now: () => new Date() }, ids: randomIds };
  await bootstrapCdk(world, place);
  const role = () => roles.get(store, '111122223333/global', lookup);
  const stack = stacks.list(store, '111122223333/us-east-1')[0];
  const made = role();
  if (stack === undefined || made === undefined) throw new Error('Nothing was bootstrapped.');
  const former = [
    'arn:aws:iam::aws:policy/AWSCloudFormationReadOnlyAccess',
    'arn:aws:iam::aws:policy/AmazonSSMReadOnlyAccess',
  ];
  await store.commit([
    stacks.remove('111122223333/us-east-1', stack.StackId.split('/').at(-1) ?? ''),
    roles.put('111122223333/global', lookup, { ...made, RoleId: 'AROAFIRST', attached: former, ...changes }),
    { scope: '111122223333/us-east-1', collection: 'account/birth', id: 'environment', value: { born: '2026-11-01' } },
  ]);
  return { store, role, renew: () => bootstrapCdk(world, place) };
}
