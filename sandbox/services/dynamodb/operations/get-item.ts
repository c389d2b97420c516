import type { GetItemInput } from '@aws-sdk/client-dynamodb';
import { passThrough } from '../pass-through.ts';
import { tableResource } from '../table.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_GetItem.html */
export const getItem = passThrough<GetItemInput>('GetItem', tableResource);
