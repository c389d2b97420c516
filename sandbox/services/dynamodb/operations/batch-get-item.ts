import type { BatchGetItemInput } from '@aws-sdk/client-dynamodb';
import { passThrough } from '../pass-through.ts';
import { tableArn } from '../table.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html */
export const batchGetItem = passThrough<BatchGetItemInput>('BatchGetItem', ({ RequestItems = {} }, call) =>
  Object.keys(RequestItems).map((name) => tableArn(name, call)),
);
