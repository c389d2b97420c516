import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** The longest name a person can have, in characters as people count them (code points). */
export const LONGEST_NAME = 40;

/** The longest text of a message, in bytes of UTF-8. */
export const LONGEST_TEXT = 4096;

/** The table with one row per connection: `connectionId` (its key) and `name`. */
export function connectionsTable(): string {
  const { CONNECTIONS_TABLE } = process.env;
  if (CONNECTIONS_TABLE === undefined) throw new Error('The environment variable CONNECTIONS_TABLE is not set.');
  return CONNECTIONS_TABLE;
}

/** One client for the lifetime of the function's process: its connections stay open between events. */
export const dynamodb = new DynamoDBClient();
