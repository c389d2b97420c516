import type { Subject } from '../checking/check.ts';
import { untilAllEnded } from '../observe/runs.ts';
import { speakTo } from './among-ghosts.ts';
import { canFail, failuresOf } from './failing-calls.ts';
import { isTrouble } from './frames.ts';
import { copyWithId, hasBytesOf, idOf, inTable, type StoredRow, startGhosts } from './ghosts.ts';
import { untilIndexed } from './indexes.ts';
import type { Participant } from './join-all.ts';
import { malformedId, unusedId } from './made-up-ids.ts';
import { saying } from './sayings.ts';
import { untilAllDeleted } from './until-deleted.ts';

/** A message in a room that has a row whose posts fail, though not because its connection is gone. */
export interface FailingRow {
  /** The connection id in that row. */
  readonly id: string;
  /** `403 Forbidden`. */
  readonly answer: string;
  /** The label of the person whose row was copied. */
  readonly copyOf: string;
  readonly speaker: string;
  /** The error that the speaker got. */
  readonly told?: string;
  readonly isLeft: boolean;
}

export interface FailingRowOptions {
  readonly speaker: Participant;
  /** The person whose rows are copied. */
  readonly copied: Participant;
  readonly rows: readonly StoredRow[];
  /** Everyone in the room. */
  readonly people: readonly Participant[];
}

/** How long the room may take to report the failure, in milliseconds. Once it has, it has deleted what it deletes. */
const WITHIN = { practice: 500, aws: 3_000 } as const;

/**
 * Copies somebody's rows with an unused connection id, whose posts fail, and sends a message. In the practice account,
 * they fail with 403, which the SDK doesn't try again; on AWS the id is malformed, and they fail with 400. Returns
 * undefined if no row can be copied, or the practice account counted no post to the copy. AWS counts none.
 */
export async function speakPastFailingRow(
  subject: Subject,
  { speaker, copied, rows, people }: FailingRowOptions,
): Promise<FailingRow | undefined> {
  const { kind } = subject.target;
  const onRequest = (await canFail(subject)) ? failuresOf(subject, 'ForbiddenException') : undefined;
  const id = onRequest === undefined ? malformedId('long') : unusedId();
  const copies = copiesOf(rows, copied.person.name, id);
  if (copies.length === 0) return undefined;
  const ghosts = await startGhosts(subject);
  try {
    await onRequest?.begin(id);
    await ghosts.add(copies, id);
    await untilIndexed(subject, [copied.person.name]);
    const from = speaker.person.heard.length;
    const told = () => speaker.person.heard.slice(from).find(isTrouble)?.text;
    await speakTo(subject, speaker, people, { text: saying() });
    await speaker.person.hears(() => told() !== undefined, WITHIN[kind]);
    // It reports nothing, and can still be about to delete.
    if (told() === undefined) await untilAllEnded(subject);
    const left = await untilAllDeleted(subject, copies, 0);
    if ((await onRequest?.end()) === 0) return undefined;
    return {
      id,
      answer: onRequest === undefined ? '400 Bad Request' : '403 Forbidden',
      copyOf: copied.label,
      speaker: speaker.label,
      told: told(),
      isLeft: left.length === copies.length,
    };
  } finally {
    await onRequest?.end();
    await ghosts.remove();
  }
}

/**
 * Returns copies with this id; none if one would replace a row of somebody present, or can't get that id everywhere.
 */
export function copiesOf(rows: readonly StoredRow[], name: string, to: string): StoredRow[] {
  const copies = rows.flatMap(({ table, row }): StoredRow[] => {
    const from = idOf(row, table);
    return from === undefined ? [] : [{ table, row: copyWithId(row, table, { id: [from, to], name }) }];
  });
  const ids = rows.flatMap(({ table, row }) => idOf(row, table) ?? []);
  if (rows.some(({ row }) => ids.some((id) => hasBytesOf(id, row)))) return [];
  const own = new Set(rows.map(inTable));
  return copies.some((copy) => own.has(inTable(copy))) ? [] : copies;
}

/** Says that the room deleted the row; undefined if it didn't. */
export function deletedOnFailure({ id, answer, copyOf, speaker, told, isLeft }: FailingRow): string | undefined {
  if (isLeft) return undefined;
  const error = told === undefined ? '' : ' and got an error';
  return `This check copied ${copyOf}'s row with the connection id ${id}: posts to it fail with ${answer}. ${speaker} sent a message${error}, and the room deleted that row, though ${answer} doesn't mean that a connection is gone.`;
}

/** Why a failing post couldn't be tried. */
export const FAILING_UNTRIED =
  "This check couldn't try whether a row stays if a post to it fails with an error other than 410 Gone: no row could be copied, or the room posted nothing to the copy.";
