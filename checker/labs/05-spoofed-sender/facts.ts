import type { Subject } from '../../checking/check.ts';
import { rowsIn, tablesOf } from '../../probe/rows.ts';
import type { Ticket } from '../../probe/visit.ts';
import { claimsOf } from '../../sign-in/tokens.ts';

// What is true about somebody besides their name: a message can claim it, too.

/** The longest string of a row that is claimed, in bytes of JSON: a message of 32 KB has it in eight fields. */
const LONGEST = 3 * 1024;

/**
 * Returns the strings beside a name in that person's rows, for example their connection's key. Rows, because an earlier
 * check's visitor of that name may have just left.
 */
export async function textsBeside(subject: Subject, name: string): Promise<string[]> {
  const tables = await Promise.all(tablesOf(subject).map((table) => rowsIn(subject, table)));
  const rows = tables.flat().map((row) => Object.values(row).flatMap(({ S }) => S ?? []));
  const isOwn = (texts: readonly string[]) => texts.includes(name);
  // Values that others share, such as the channel they are in, don't identify anybody.
  const others = new Set(rows.filter((texts) => !isOwn(texts)).flat());
  const beside = rows.filter(isOwn).map((texts) => texts.filter((text) => text !== name && !others.has(text)));
  const fits = (text: string) => Buffer.byteLength(JSON.stringify(text)) <= LONGEST;
  return [...new Set(beside.flatMap((texts) => texts.filter(fits).slice(0, 2)))];
}

/** Returns who a token says that somebody is, in the form that never changes. */
export function subjectOf({ token }: Ticket): string[] {
  const sub = token === undefined ? undefined : claimsOf(token).sub;
  return sub === undefined ? [] : [sub];
}
