import { setTimeout as wait } from 'node:timers/promises';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Subject } from '../checking/check.ts';
import { isForgotten } from './visitor-name.ts';

/** How long the room gets to remove its visitors' rows by itself, in milliseconds. */
const GRACE = { practice: 3_000, aws: 10_000 } as const;

type Row = Record<string, AttributeValue>;

/**
 * Waits until the rows of a visit are gone from the stack's tables, as the room removes them when somebody leaves.
 * Those that stay are deleted, and so are those that an earlier visit left behind long ago. Visitors are known by what their names end in.
 */
export async function sweepRows(
  subject: Pick<Subject, 'target' | 'resources'>,
  endings: readonly string[],
): Promise<void> {
  const tables = subject.resources.filter(({ type }) => type === 'AWS::DynamoDB::Table');
  await Promise.all(tables.map(({ physicalId }) => sweepTable(subject, physicalId, endings)));
}

async function sweepTable(
  { target }: Pick<Subject, 'target'>,
  table: string,
  endings: readonly string[],
): Promise<void> {
  const isOwn = (name: string) => endings.some((ending) => name.endsWith(ending));
  const deadline = Date.now() + GRACE[target.kind];
  for (let pause = 20; ; pause = Math.min(pause * 2, 500)) {
    const rows = await rowsOf(target, table, (name) => isOwn(name) || isForgotten(name));
    const own = rows.filter((row) => textsIn(row).some(isOwn));
    if (own.length === 0 || Date.now() >= deadline) {
      await remove(target, table, rows);
      return;
    }
    await wait(pause);
  }
}

async function rowsOf(target: Subject['target'], table: string, isVisitors: (name: string) => boolean): Promise<Row[]> {
  const [client, { paginateScan }] = await Promise.all([target.clients.dynamodb(), import('@aws-sdk/client-dynamodb')]);
  const rows: Row[] = [];
  for await (const page of paginateScan({ client }, { TableName: table, ConsistentRead: true })) {
    rows.push(...(page.Items ?? []).filter((row) => textsIn(row).some(isVisitors)));
  }
  return rows;
}

/** A learner may have renamed the attribute, so any text that ends as a visitor's name does is one. */
function textsIn(row: Row): string[] {
  return Object.values(row).flatMap(({ S }) => S ?? []);
}

async function remove(target: Subject['target'], table: string, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return;
  const [client, { DeleteItemCommand, DescribeTableCommand }] = await Promise.all([
    target.clients.dynamodb(),
    import('@aws-sdk/client-dynamodb'),
  ]);
  const { Table } = await client.send(new DescribeTableCommand({ TableName: table }));
  const keys = (Table?.KeySchema ?? []).flatMap(({ AttributeName }) => AttributeName ?? []);
  for (const row of rows) {
    const Key = Object.fromEntries(Object.entries(row).filter(([name]) => keys.includes(name)));
    await client.send(new DeleteItemCommand({ TableName: table, Key }));
  }
}
