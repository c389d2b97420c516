import { setTimeout as wait } from 'node:timers/promises';
import type { Subject } from '../checking/check.ts';
import { isNotFound } from '../failures/failure.ts';
import { type Row, rowsIn, tablesOf } from './rows.ts';
import { textsIn } from './texts.ts';

// A room can find people by an index. DynamoDB writes to it after it has answered the write to the table, usually
// within a second, and reads of it can't be consistent:
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html#GSI.Writes

/** How long an index may be behind its table, in milliseconds, before the checker continues anyway. */
const BEHIND = { practice: 5_000, aws: 15_000 } as const;

/**
 * Waits until the indexes of the room's tables have the rows of these visitors, by the names that the room knows.
 * Returns whether they do.
 */
export async function untilIndexed(
  subject: Pick<Subject, 'target' | 'resources' | 'signal'>,
  names: readonly string[],
): Promise<boolean> {
  let isBehind = false;
  const deadline = Date.now() + BEHIND[subject.target.kind];
  for (const table of tablesOf(subject)) {
    for (const index of await indexesOf(subject, table)) {
      const isShown = async () => {
        const keys = (row: Row) => JSON.stringify(index.keys.map((key) => row[key]));
        const rows = await rowsIn(subject, table);
        const own = rows.filter((row) => textsIn(row).some((text) => names.includes(text)));
        // A room may store no names: then it's all rows. A row that lacks one of the index's keys is never in it.
        const wanted = (own.length > 0 ? own : rows).filter((row) => index.keys.every((key) => key in row));
        const shown = new Set((await rowsOfIndex(subject, table, index.name)).map(keys));
        return wanted.every((row) => shown.has(keys(row)));
      };
      for (let pause = 20; !(await isShown()); pause = Math.min(pause * 2, 1_000)) {
        isBehind ||= Date.now() >= deadline;
        if (isBehind) break;
        await wait(pause, undefined, { signal: subject.signal });
      }
    }
  }
  return !isBehind;
}

/** Waits until no index of the room's tables has rows of this visitor. Returns whether none does. */
export async function untilUnindexed(
  subject: Pick<Subject, 'target' | 'resources' | 'signal'>,
  name: string,
): Promise<boolean> {
  const deadline = Date.now() + BEHIND[subject.target.kind];
  for (const table of tablesOf(subject)) {
    for (const index of await indexesOf(subject, table)) {
      const isListed = async () =>
        (await rowsOfIndex(subject, table, index.name)).some((row) => textsIn(row).includes(name));
      for (let pause = 20; await isListed(); pause = Math.min(pause * 2, 1_000)) {
        if (Date.now() >= deadline) return false;
        await wait(pause, undefined, { signal: subject.signal });
      }
    }
  }
  return true;
}

/** Returns the names of these tables' indexes that have rows, all of which fit on one page of a read. */
export async function indexesOfOnePage(subject: Pick<Subject, 'target'>, tables: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  const [client, { ScanCommand }] = await dynamodbOf(subject.target);
  for (const table of tables) {
    for (const { name, keys } of await indexesOf(subject, table)) {
      const scan = {
        TableName: table,
        IndexName: name,
        ProjectionExpression: '#key',
        ExpressionAttributeNames: { '#key': keys[0] ?? '' },
      };
      const page = await client.send(new ScanCommand(scan));
      if (page.LastEvaluatedKey === undefined && (page.Count ?? 0) > 0) found.push(name);
    }
  }
  return found;
}

interface Index {
  readonly name: string;
  /** The names of its key attributes, and of the table's. */
  readonly keys: readonly string[];
}

async function indexesOf({ target }: Pick<Subject, 'target'>, table: string): Promise<Index[]> {
  const [client, { DescribeTableCommand }] = await dynamodbOf(target);
  const { Table } = await client.send(new DescribeTableCommand({ TableName: table })).catch((error: unknown) => {
    if (!isNotFound(error)) throw error;
    return { Table: undefined };
  });
  const namesIn = (schema: readonly { AttributeName?: string }[] = []) =>
    schema.flatMap(({ AttributeName }) => AttributeName ?? []);
  return (Table?.GlobalSecondaryIndexes ?? []).map(({ IndexName = '', KeySchema }) => ({
    name: IndexName,
    keys: [...new Set([...namesIn(KeySchema), ...namesIn(Table?.KeySchema)])],
  }));
}

async function rowsOfIndex({ target }: Pick<Subject, 'target'>, table: string, IndexName: string): Promise<Row[]> {
  const [client, { paginateScan }] = await dynamodbOf(target);
  const rows: Row[] = [];
  for await (const { Items = [] } of paginateScan({ client }, { TableName: table, IndexName })) rows.push(...Items);
  return rows;
}

function dynamodbOf(target: Subject['target']) {
  return Promise.all([target.clients.dynamodb(), import('../aws/sdk/dynamodb.ts')]);
}
