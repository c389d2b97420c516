import { randomBytes, randomInt } from 'node:crypto';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Row } from './rows.ts';

// DynamoDB answers with at most 1 MB of rows at once, so three of these fill a page. An item can have 400 KB.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Scan.html#Scan.Pagination

/** How many bytes are added to a row so that three such rows fill a page. */
export const PADDING = 390 * 1024;

/** How many such rows take more than one page. */
export const MORE_THAN_A_PAGE = 4;

/** Returns an attribute that no row has, and that a room could have. */
export function paddingName(rows: readonly Row[]): string {
  const names = ['about', 'avatar', 'draft', 'history', 'notes', 'picture', 'settings', 'state'];
  const free = names.filter((name) => !rows.some((row) => name in row));
  return free[randomInt(free.length)] ?? 'more';
}

/** Returns a value of this many bytes. */
export function padding(bytes: number): AttributeValue {
  const text = randomBytes(Math.ceil((bytes * 3) / 4)).toString('base64');
  return { S: text.slice(0, bytes) };
}
