import type { PutItemInput } from '@aws-sdk/client-dynamodb';
import { passThrough } from '../pass-through.ts';
import { tableResource } from '../table.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html */
export const putItem = passThrough<PutItemInput>('PutItem', tableResource);
