import type { BatchWriteItemInput } from '@aws-sdk/client-dynamodb';
import { passThrough } from '../pass-through.ts';
import { tableArn } from '../table.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html */
export const batchWriteItem = passThrough<BatchWriteItemInput>('BatchWriteItem', ({ RequestItems = {} }, call) =>
  Object.keys(RequestItems).map((name) => tableArn(name, call)),
);
