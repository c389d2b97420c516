import type { UpdateItemInput } from '@aws-sdk/client-dynamodb';
import { passThrough } from '../pass-through.ts';
import { tableResource } from '../table.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateItem.html */
export const updateItem = passThrough<UpdateItemInput>('UpdateItem', tableResource);
