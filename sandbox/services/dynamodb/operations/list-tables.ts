import type { ListTablesInput } from '@aws-sdk/client-dynamodb';
import { passThrough } from '../pass-through.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListTables.html */
export const listTables = passThrough<ListTablesInput>(
  'ListTables',
  (_input, { accountId, region }) => `arn:aws:dynamodb:${region}:${accountId}:table/*`,
);
