/** The table with one item per message: `channel` (its partition key), `sentAt` (its sort key), `from`, `text`, `at` and `id`. */
export function messagesTable(): string {
  const { MESSAGES_TABLE } = process.env;
  if (MESSAGES_TABLE === undefined) throw new Error('The environment variable MESSAGES_TABLE is not set.');
  return MESSAGES_TABLE;
}
