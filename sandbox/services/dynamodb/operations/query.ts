import type { QueryInput } from '@aws-sdk/client-dynamodb';
import { passThrough } from '../pass-through.ts';
import { indexResource } from '../table.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html */
export const query = passThrough<QueryInput>('Query', indexResource);
