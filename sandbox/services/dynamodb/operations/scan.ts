import type { ScanInput } from '@aws-sdk/client-dynamodb';
import { passThrough } from '../pass-through.ts';
import { indexResource } from '../table.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Scan.html */
export const scan = passThrough<ScanInput>('Scan', indexResource);
