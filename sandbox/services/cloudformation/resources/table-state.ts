import { setTimeout as pause } from 'node:timers/promises';
import type { DescribeTableOutput } from '@aws-sdk/client-dynamodb';
import { ifThere } from './if-there.ts';
import type { ResourceCall } from './resource-type.ts';

/** How long a table can take to change its state, in milliseconds. */
const patience = 10_000;

/** Resolves when a table is ready for the next operation. Rejects if it doesn't exist, or doesn't become ready. */
export async function tableReady(TableName: string, call: ResourceCall): Promise<void> {
  await poll(TableName, call, 'ACTIVE');
}

/** Resolves when a table is gone. */
export async function tableGone(TableName: string, call: ResourceCall): Promise<void> {
  await ifThere(poll(TableName, call, 'gone'));
}

async function poll(TableName: string, { perform }: ResourceCall, wanted: string): Promise<void> {
  const end = Date.now() + patience;
  for (;;) {
    const { Table } = await perform<DescribeTableOutput>('dynamodb', 'DescribeTable', { TableName });
    if (Table?.TableStatus === wanted) return;
    if (Date.now() > end) throw new Error(`The table ${TableName} stayed ${Table?.TableStatus}.`);
    await pause(5);
  }
}
