import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** The longest name a person may have, in characters as a person counts them (code points). */
export const LONGEST_NAME = 40;

/** The most that may be said at once, in bytes of UTF-8. */
export const LONGEST_TEXT = 4096;

/** The table with one row a connection: `connectionId` (its key) and `name`. */
export function connectionsTable(): string {
  const { CONNECTIONS_TABLE } = process.env;
  if (CONNECTIONS_TABLE === undefined) throw new Error('The environment variable CONNECTIONS_TABLE is not set.');
  return CONNECTIONS_TABLE;
}

/** One client for as long as the function's process lives: its connections are kept open from one event to the next. */
export const dynamodb = new DynamoDBClient();
