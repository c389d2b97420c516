import { setTimeout as wait } from 'node:timers/promises';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Subject } from '../check.ts';
import { visitedAt } from './visitor-name.ts';

/** How long the room gets to remove its visitors' rows by itself, in milliseconds. */
const GRACE = { practice: 3_000, aws: 10_000 } as const;

/** A visit is long over by then: whose command was killed left its rows for another to sweep. */
const FORGOTTEN_AFTER = 10 * 60_000;

type Row = Record<string, AttributeValue>;

/**
 * Waits until the rows of a visit are gone from the stack's tables, as the room removes them when somebody leaves.
 * Those that stay are deleted, and so are those that an earlier visit left behind long ago.
 */
export async function sweepRows(subject: Pick<Subject, 'target' | 'resources'>, tag: string): Promise<void> {
  const tables = subject.resources.filter(({ type }) => type === 'AWS::DynamoDB::Table');
  await Promise.all(tables.map(({ physicalId }) => sweepTable(subject, physicalId, tag)));
}

async function sweepTable({ target }: Pick<Subject, 'target'>, table: string, tag: string): Promise<void> {
  const deadline = Date.now() + GRACE[target.kind];
  for (let pause = 20; ; pause = Math.min(pause * 2, 500)) {
    const rows = await visitorsIn(target, table);
    const own = rows.filter((row) => namesIn(row).some((name) => name.endsWith(tag)));
    if (own.length === 0 || Date.now() >= deadline) {
      const forgotten = rows.filter((row) => namesIn(row).some(isForgotten));
      await remove(target, table, [...own, ...forgotten]);
      return;
    }
    await wait(pause);
  }
}

async function visitorsIn(target: Subject['target'], table: string): Promise<Row[]> {
  const [client, { paginateScan }] = await Promise.all([target.clients.dynamodb(), import('@aws-sdk/client-dynamodb')]);
  const rows: Row[] = [];
  for await (const page of paginateScan({ client }, { TableName: table, ConsistentRead: true })) {
    rows.push(...(page.Items ?? []).filter((row) => namesIn(row).length > 0));
  }
  return rows;
}

/** A learner may have renamed the attribute, so any text that ends as a visitor's name does is one. */
function namesIn(row: Row): string[] {
  return Object.values(row).flatMap(({ S }) => (S !== undefined && visitedAt(S) !== undefined ? [S] : []));
}

function isForgotten(name: string): boolean {
  return (visitedAt(name) ?? Number.POSITIVE_INFINITY) < Date.now() - FORGOTTEN_AFTER;
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
