import { expect, test } from 'vitest';
import { answeringClient } from '../../../tests/answering-client.ts';
import type { Subject } from '../../checking/check.ts';
import { setAside } from './set-aside.ts';

const rows = [{ id: { S: 'a' }, text: { S: 'hello' } }];

test('rows are removed, and put back', async () => {
  const { subject, did } = room();
  const restore = await setAside(subject, 'Messages', rows);
  expect(did).toEqual(['delete']);
  await restore();
  expect(did).toEqual(['delete', 'put']);
});

test('rows stay away once the check has ended', async () => {
  const { subject, did, end } = room();
  const restore = await setAside(subject, 'Messages', rows);
  await end();
  await restore();
  expect(did).not.toContain('put');
});

test('rows that are being put back as the check ends are removed', async () => {
  const { subject, did, end } = room();
  const restore = await setAside(subject, 'Messages', rows);
  const restoring = restore();
  await end();
  await restoring;
  expect(did).toEqual(['delete', 'put', 'delete']);
});

function room() {
  const did: string[] = [];
  const tasks: Array<() => Promise<void>> = [];
  const client = answeringClient({
    DescribeTableCommand: () => ({ Table: { KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }] } }),
    BatchWriteItemCommand: ({ RequestItems }: { RequestItems: Record<string, object[]> }) => {
      did.push(
        ...Object.values(RequestItems).flatMap((all) => all.map((each) => ('PutRequest' in each ? 'put' : 'delete'))),
      );
      return {};
    },
  });
  const subject = {
    target: { clients: { dynamodb: async () => client } },
    afterwards: (task: () => Promise<void>) => void tasks.push(task),
  } as unknown as Pick<Subject, 'target' | 'afterwards'>;
  const end = async () => {
    await Promise.all(tasks.map((task) => task()));
  };
  return { subject, did, end };
}
