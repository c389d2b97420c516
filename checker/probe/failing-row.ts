import type { Subject } from '../checking/check.ts';
import { untilAllEnded } from '../observe/runs.ts';
import { speakTo } from './among-ghosts.ts';
import { canFail, failuresOf } from './failing-calls.ts';
import { isTrouble } from './frames.ts';
import { startGhosts } from './ghosts.ts';
import { untilIndexed } from './indexes.ts';
import type { Participant } from './join-all.ts';
import { malformedId, unusedId } from './made-up-ids.ts';
import { inTable, keyOf, keysPresent, type StoredRow } from './room-tables.ts';
import { copyWithId, hasBytesOf, idOf } from './row-copies.ts';
import { saying } from './sayings.ts';
import { untilAllDeleted } from './until-deleted.ts';
import { untilQuiet } from './until-quiet.ts';

/** A message in a room that has a row whose posts fail, though not because its connection is gone. */
export interface FailingRow {
  /** The connection id in that row. */
  readonly id: string;
  /** `403 Forbidden`. */
  readonly answer: string;
  /** The label of the person whose row was copied. */
  readonly copyOf: string;
  /** How many rows a scan finds before it. */
  readonly behind: number;
  readonly speaker: string;
  /** The error that the speaker got. */
  readonly told?: string;
  readonly isLeft: boolean;
  /** Whether another function than the sender's can post, so the sender may not hear of an error. */
  readonly mayBeOthers?: boolean;
}

export interface FailingRowOptions {
  readonly speaker: Participant;
  /** The person whose rows are copied. */
  readonly copied: Participant;
  readonly rows: readonly StoredRow[];
  /** Everyone in the room. */
  readonly people: readonly Participant[];
  /**
   * How many rows of stale connections are added, too, if the account can fail on request. A scan finds the failing row
   * after them.
   */
  readonly stale?: number;
}

/** How long the room may take to report the failure, in milliseconds. Once it has, it has deleted what it deletes. */
const WITHIN = { practice: 500, aws: 5_000 } as const;

/**
 * Copies somebody's rows with an unused connection id, whose posts fail, and sends a message. In the practice account,
 * they fail with 403, which the SDK doesn't try again; on AWS the id is malformed, and they fail with 400. Returns
 * undefined if no row can be copied, or the practice account counted no post to the copy. AWS counts none.
 */
export async function speakPastFailingRow(
  subject: Subject,
  { speaker, copied, rows, people, stale = 0 }: FailingRowOptions,
): Promise<FailingRow | undefined> {
  const onRequest = (await canFail(subject)) ? failuresOf(subject, 'ForbiddenException') : undefined;
  const ids =
    onRequest === undefined ? [malformedId('long')] : [unusedId(), ...Array.from({ length: stale }, unusedId)];
  const made = ids.map((id) => ({ id, rows: copiesOf(rows, copied.person.name, id) }));
  const ghosts = await startGhosts(subject);
  try {
    const copies = made.flatMap((each) => each.rows);
    // Nobody recognizes a malformed id in a row.
    await ghosts.add(copies, onRequest === undefined ? made[0]?.id : undefined);
    const failing = await lastOf(subject, made);
    if (failing === undefined) return undefined;
    await onRequest?.begin(failing.id);
    await untilIndexed(subject, [copied.person.name]);
    const told = await speakToIt(subject, speaker, people);
    const left = await untilAllDeleted(subject, failing.rows, 0);
    if ((await onRequest?.end()) === 0) return undefined;
    return {
      id: failing.id,
      answer: onRequest === undefined ? '400 Bad Request' : '403 Forbidden',
      copyOf: copied.label,
      behind: failing.behind,
      speaker: speaker.label,
      told,
      isLeft: left.length === failing.rows.length,
    };
  } finally {
    await onRequest?.end();
    await ghosts.remove();
  }
}

/** Sends a message, and returns the error that the speaker got, once the room does nothing more. */
async function speakToIt(
  subject: Subject,
  speaker: Participant,
  people: readonly Participant[],
): Promise<string | undefined> {
  const from = speaker.person.heard.length;
  const told = () => speaker.person.heard.slice(from).find(isTrouble)?.text;
  await speakTo(subject, speaker, people, { text: saying() });
  await speaker.person.hears(() => told() !== undefined, WITHIN[subject.target.kind]);
  if (told() !== undefined) return told();
  // It has reported nothing so far, and can still be about to, or to delete.
  await untilAllEnded(subject);
  await untilQuiet(subject, [speaker.person]);
  return told();
}

interface Made {
  readonly id: string;
  readonly rows: readonly StoredRow[];
}

/** Returns the copies that a scan finds last, and how many rows it finds before; undefined if there are no copies. */
async function lastOf(
  subject: Pick<Subject, 'target'>,
  made: readonly Made[],
): Promise<(Made & { readonly behind: number }) | undefined> {
  const [first] = made[0]?.rows ?? [];
  if (first === undefined) return undefined;
  const keys = await keysPresent(subject, first.table);
  const placed = made.map((each) => ({ ...each, behind: keys.indexOf(keyOf(each.rows[0]?.row ?? {}, first.table)) }));
  return placed.reduce((last, each) => (each.behind > last.behind ? each : last));
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
export function deletedOnFailure(failing: FailingRow): string | undefined {
  if (failing.isLeft) return undefined;
  const error = failing.told === undefined ? '' : ' and got an error';
  return `${inWords(failing)}${error}, and the room deleted that row, though ${failing.answer} doesn't mean that a connection is gone.`;
}

/** Says that the speaker got no error; undefined if they did, or another function may have posted. */
export function hiddenFailure(failing: FailingRow): string | undefined {
  if (failing.told !== undefined || failing.mayBeOthers) return undefined;
  return `${inWords(failing)} and got no error: the room hides the failure.`;
}

function inWords({ id, answer, copyOf, behind, speaker }: FailingRow): string {
  const where = behind > 0 ? `, behind ${behind} other ${behind === 1 ? 'row' : 'rows'} of the table` : '';
  return `This check copied ${copyOf}'s row with the connection id ${id}${where}: posts to it fail with ${answer}. ${speaker} sent a message`;
}

/** Why it doesn't count that the speaker got no error. */
export const MAY_BE_OTHERS =
  "This check can't tell whether the room hides an error of a post: another function than the sender's can post.";

/** Why a failing post couldn't be tried. */
export const FAILING_UNTRIED =
  "This check couldn't try whether a row stays if a post to it fails with an error other than 410 Gone: no row could be copied, or the room posted nothing to the copy.";
