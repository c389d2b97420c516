import { setTimeout as wait } from 'node:timers/promises';
import type { WriteRequest } from '@aws-sdk/client-dynamodb';
import type { Subject } from '../checking/check.ts';

/** How many rows DynamoDB writes or deletes with one request at most. */
export const MOST_AT_ONCE = 25;

/** Writes or deletes rows of a table, and again what was throttled. `signal` ends the wait for that. */
export async function writeAll(
  { target }: Pick<Subject, 'target'>,
  table: string,
  requests: readonly WriteRequest[],
  signal?: AbortSignal,
): Promise<void> {
  const [client, { BatchWriteItemCommand }] = await Promise.all([
    target.clients.dynamodb(),
    import('../aws/sdk/dynamodb.ts'),
  ]);
  let left = [...requests];
  for (let pause = 100; left.length > 0; ) {
    const RequestItems = { [table]: left.slice(0, MOST_AT_ONCE) };
    const { UnprocessedItems } = await client.send(new BatchWriteItemCommand({ RequestItems }));
    const throttled = UnprocessedItems?.[table] ?? [];
    if (throttled.length > 0) {
      await wait(pause, undefined, signal && { signal });
      pause = Math.min(pause * 2, 2_000);
    }
    left = [...left.slice(MOST_AT_ONCE), ...throttled];
  }
}
