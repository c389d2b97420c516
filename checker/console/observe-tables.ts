import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { LiveAccount } from '../aws/account-events.ts';
import type { Subject } from '../checking/check.ts';
import { redacted } from '../sign-in/redacted.ts';
import type { RowDocument, TableDocument } from './deployed-room.ts';
import { labelOf } from './label.ts';

/** How many rows of a table are shown. */
const mostRows = 100;

/** What API Gateway's connection ids look like. */
const connectionId = /^[\w+/-]{12,18}=$/;

/** Reads the stack's tables, their first rows, and whose sockets are open. */
export function observeTables(subject: Subject, live: LiveAccount | undefined): Promise<TableDocument[]> {
  const open = live && new Set(live.connections.map((connection) => connection.connectionId));
  return Promise.all(
    subject.resources
      .filter(({ type }) => type === 'AWS::DynamoDB::Table')
      .map(async ({ physicalId: TableName, logicalId }) => {
        const [client, { DescribeTableCommand, ScanCommand, ResourceNotFoundException }] = await Promise.all([
          subject.target.clients.dynamodb(),
          import('@aws-sdk/client-dynamodb'),
        ]);
        const table = { name: TableName, label: labelOf(subject, logicalId) };
        try {
          const [{ Table }, { Items = [], LastEvaluatedKey }] = await Promise.all([
            client.send(new DescribeTableCommand({ TableName })),
            client.send(new ScanCommand({ TableName, Limit: mostRows, ConsistentRead: true })),
          ]);
          return {
            ...table,
            keys: (Table?.KeySchema ?? []).flatMap(({ AttributeName }) => AttributeName ?? []),
            rows: Items.map((item) => rowOf(item, open)),
            hasMore: LastEvaluatedKey !== undefined,
          };
        } catch (error) {
          if (!(error instanceof ResourceNotFoundException)) throw error;
          return { ...table, keys: [], rows: [], hasMore: false };
        }
      }),
  );
}

function rowOf(item: Record<string, AttributeValue>, open: ReadonlySet<string> | undefined): RowDocument {
  const values = Object.fromEntries(Object.entries(item).map(([name, value]) => [name, textOf(value)]));
  // The attribute can have any name.
  const id = Object.values(values).find((value) => open?.has(value) ?? false) ?? Object.values(values).find(isId);
  return {
    values,
    ...(id === undefined ? {} : { connectionId: id }),
    ...(id === undefined || open === undefined ? {} : { hasSocket: open.has(id) }),
  };
}

function isId(value: string): boolean {
  return connectionId.test(value);
}

function textOf(value: AttributeValue): string {
  const [held = ''] = Object.values(value);
  const text = typeof held === 'string' ? held : JSON.stringify(held);
  return redacted(text).slice(0, 500);
}
