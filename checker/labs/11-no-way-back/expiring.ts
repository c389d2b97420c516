import type { Subject } from '../../checking/check.ts';
import { type Row, rowsIn, tablesOf } from '../../probe/rows.ts';
import { textsIn } from '../../probe/texts.ts';
import { LEAST_DAYS } from './history-can-be-restored.ts';

/** A table that deletes messages, the attribute with the time, and after how many milliseconds. */
export interface Expiring {
  readonly table: string;
  readonly attribute: string;
  readonly after: number;
}

/**
 * Returns the table that deletes one of these new messages too soon; undefined if none does, or another one keeps it: a
 * room can also store messages for a while elsewhere, such as in the outbox of a mail service.
 */
export async function observeExpiring(subject: Subject, texts: readonly string[]): Promise<Expiring | undefined> {
  const stored = await Promise.all(
    tablesOf(subject).map(async (table) => {
      const rows = (await rowsIn(subject, table)).map((row) => ({ row, all: textsIn(row) }));
      const having = (text: string) => rows.find(({ all }) => all.some((each) => each.includes(text)))?.row;
      const isStored = texts.some((text) => having(text) !== undefined);
      return { table, having, attribute: isStored ? await attributeOf(subject, table) : undefined };
    }),
  );
  for (const text of texts) {
    const kept = stored.flatMap(({ table, having, attribute = '' }) => {
      const row = having(text);
      return row === undefined ? [] : [{ table, attribute, after: lifeOf(row, attribute, Date.now()) }];
    });
    const [longest] = kept.sort((one, other) => other.after - one.after);
    if (longest !== undefined && longest.after < LEAST_DAYS * 24 * 3_600_000) return longest;
  }
  return undefined;
}

/**
 * Returns after how many milliseconds DynamoDB deletes a row. The time has to be a number of seconds, and not more than
 * five years ago:
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-before-you-start.html
 */
export function lifeOf(row: Row, attribute: string, now: number): number {
  const at = Number(row[attribute]?.N ?? Number.NaN) * 1000;
  return at > now - 5 * 365 * 24 * 3_600_000 ? at - now : Number.POSITIVE_INFINITY;
}

async function attributeOf({ target }: Subject, TableName: string): Promise<string | undefined> {
  const [client, { DescribeTimeToLiveCommand }] = await Promise.all([
    target.clients.dynamodb(),
    import('../../aws/sdk/dynamodb.ts'),
  ]);
  const { TimeToLiveDescription } = await client.send(new DescribeTimeToLiveCommand({ TableName }));
  const { TimeToLiveStatus = '', AttributeName } = TimeToLiveDescription ?? {};
  return TimeToLiveStatus.startsWith('ENABL') ? AttributeName : undefined;
}
