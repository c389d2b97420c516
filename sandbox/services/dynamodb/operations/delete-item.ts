import type { DeleteItemInput } from '@aws-sdk/client-dynamodb';
import { passThrough } from '../pass-through.ts';
import { tableResource } from '../table.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteItem.html */
export const deleteItem = passThrough<DeleteItemInput>('DeleteItem', tableResource);
