import { DeleteItemCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { beforeEach, expect, it } from 'vitest';
import { findRows, type RowFinder } from '../../checker/probe/connections.ts';
import type { Participant } from '../../checker/probe/join-all.ts';
import { testAccount } from '../account.ts';
import { createTable } from '../sandbox/create-table.ts';

let finder: RowFinder;

const account = await testAccount();
const client = new DynamoDBClient(account.client);
for (const name of ['Connections', 'Visits']) await createTable(client, name, ['key']);

const subject = () =>
  ({
    target: { kind: 'practice', clients: { dynamodb: async () => client } },
    resources: ['Connections', 'Visits'].map((physicalId) => ({ physicalId, type: 'AWS::DynamoDB::Table' })),
    signal: new AbortController().signal,
  }) as unknown as Parameters<typeof findRows>[0];

const keys: Array<readonly [string, string]> = [];

async function put(TableName: string, key: string, more: Record<string, string> = {}): Promise<void> {
  keys.push([TableName, key]);
  const item = Object.entries({ key, ...more }).map(([name, S]) => [name, { S }]);
  await client.send(new PutItemCommand({ TableName, Item: Object.fromEntries(item) }));
}

beforeEach(async () => {
  for (const [TableName, key] of keys.splice(0))
    await client.send(new DeleteItemCommand({ TableName, Key: { key: { S: key } } }));
  finder = await findRows(subject());
});

function visitor(name: string): Participant {
  return { label: name, person: { name } as Participant['person'], secrets: [] };
}

const [ada, grace] = [visitor('ada-7f3k'), visitor('grace-2m9q')];
const [first, second, third] = ['L0SM9cOFvHcCIhw=', 'M1xB2dPGwIdDJix=', 'N2yC3eQHxJeEKjy='];

async function keysOf(person: Participant): Promise<Array<string | undefined>> {
  return (await finder.rowsOf([person]))
    .flat()
    .map(({ row }) => row.key?.S)
    .sort();
}

it('finds rows by names, whoever else joins meanwhile', async () => {
  await put('Connections', first, { name: ada.person.name });
  await put('Connections', third, { name: 'somebody' });
  await finder.joined(ada);
  await put('Connections', second, { name: grace.person.name });
  await finder.joined(grace);
  expect(await keysOf(ada)).toEqual([first]);
  expect(await keysOf(grace)).toEqual([second]);
});

it('finds rows without names by when they are written', async () => {
  await put('Connections', first);
  await finder.joined(ada);
  await put('Connections', second);
  await finder.joined(grace);
  expect(await keysOf(ada)).toEqual([first]);
  expect(await keysOf(grace)).toEqual([second]);
});

it('finds a row that comes after that of a visit', async () => {
  await put('Visits', 'visit-1');
  const late = new Promise<void>((resolve) => setTimeout(() => resolve(put('Connections', first)), 50));
  await finder.joined(ada);
  await late;
  await put('Connections', second);
  await finder.joined(grace);
  expect(await keysOf(ada)).toEqual([first]);
  expect(await keysOf(grace)).toEqual([second]);
});

it('finds all rows of a connection', async () => {
  await put('Connections', `CONN#${first}`, { name: ada.person.name });
  await put('Visits', `CONN#${first}`);
  await put('Visits', 'a visit', { name: ada.person.name });
  await finder.joined(ada);
  expect(await keysOf(ada)).toEqual([`CONN#${first}`, `CONN#${first}`]);
});

it('finds a row that is written again for somebody', async () => {
  await put('Connections', 'everyone', { ids: '' });
  finder = await findRows(subject());
  await put('Connections', 'everyone', { ids: first });
  await finder.joined(ada);
  await put('Connections', 'everyone', { ids: `${first} ${second}` });
  await finder.joined(grace);
  expect(await finder.sharedBy([ada, grace])).toBe('Connections');
  expect(await keysOf(grace)).toEqual([]);
});
