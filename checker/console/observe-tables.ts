import type { LiveAccount } from '../aws/account-events.ts';
import type { Subject } from '../checking/check.ts';
import { isTable } from '../observe/tables.ts';
import type { TableDocument } from './deployed-room.ts';
import { labelOf } from './label.ts';
import { rowsOf } from './rows-of.ts';

/** How many rows of a table are shown. */
const mostRows = 100;

/** Reads the stack's tables, their first rows, and whose sockets are open. */
export function observeTables(subject: Subject, live: LiveAccount | undefined): Promise<TableDocument[]> {
  const open = live && new Set(live.connections.map((connection) => connection.connectionId));
  return Promise.all(
    subject.resources.filter(isTable).map(async ({ physicalId: TableName, logicalId }) => {
      const [client, { DescribeTableCommand, ScanCommand, ResourceNotFoundException }] = await Promise.all([
        subject.target.clients.dynamodb(),
        import('../aws/sdk/dynamodb.ts'),
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
          rows: rowsOf(Items, open),
          hasMore: LastEvaluatedKey !== undefined,
        };
      } catch (error) {
        if (!(error instanceof ResourceNotFoundException)) throw error;
        return { ...table, keys: [], rows: [], hasMore: false };
      }
    }),
  );
}
