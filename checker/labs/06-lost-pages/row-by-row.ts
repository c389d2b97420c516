import type { Subject } from '../../checking/check.ts';
import { type Living, type Said, saidTo, speakTo } from '../../probe/among-ghosts.ts';
import type { Connected } from '../../probe/connections.ts';
import { copyWithId, idOf, keysPresent, type StoredRow, startGhosts } from '../../probe/ghosts.ts';
import { untilIndexed } from '../../probe/indexes.ts';
import { limitReads } from '../../probe/limit-reads.ts';
import { unusedId } from '../../probe/made-up-ids.ts';
import { tablesOf } from '../../probe/rows.ts';
import { saying } from '../../probe/sayings.ts';

/** How many rows of stale connections are added, each a page of its own: more than a handler counts. */
const MORE = 40;

/** A message while each read returned a single row. */
export interface RowByRow extends Said {
  /** How many rows the table had. */
  readonly rows: number;
}

type Person = Living & Pick<Connected, 'rows'>;

/**
 * Somebody sends a message in a table with many rows while each read returns one of them: no number of pages is enough,
 * and an index has pages, too, however little of each row it has. Undefined if the account can't do that.
 */
export async function speakRowByRow(
  subject: Subject,
  people: readonly [Person, ...Person[]],
): Promise<RowByRow | undefined> {
  const [speaker] = people;
  const { table } = speaker.rows[0];
  const ghosts = await startGhosts(subject);
  const limits = await limitReads(subject, tablesOf(subject));
  if (!limits.isOn) return undefined;
  try {
    await ghosts.add(copiesOf(speaker));
    await untilIndexed(subject, [speaker.person.name]);
    const rows = (await keysPresent(subject, table)).length;
    const text = saying();
    await speakTo(subject, speaker, people, { text });
    return { ...saidTo(speaker, people, text), rows };
  } finally {
    await limits.end();
    await ghosts.remove();
  }
}

/** Returns old copies of somebody's rows with other connection ids; none if a room stores no ids as it gets them. */
function copiesOf({ rows, person: { name } }: Person): StoredRow[] {
  const [{ row, table }] = rows;
  const from = idOf(row, table);
  if (from === undefined) return [];
  return Array.from({ length: MORE }, unusedId).flatMap((to) =>
    rows.map((each) => ({ ...each, row: copyWithId(each.row, each.table, { id: [from, to], name }) })),
  );
}
