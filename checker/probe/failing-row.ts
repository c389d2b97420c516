import type { Subject } from '../checking/check.ts';
import { untilAllEnded } from '../observe/runs.ts';
import { speakTo } from './among-ghosts.ts';
import { canFail, failuresOf } from './failing-calls.ts';
import { isTrouble } from './frames.ts';
import { startGhosts } from './ghosts.ts';
import { untilIndexed } from './indexes.ts';
import type { Participant } from './join-all.ts';
import { limitReads } from './limit-reads.ts';
import { malformedId, unusedId } from './made-up-ids.ts';
import { inTable, keyOf, keysPresent, type StoredRow } from './room-tables.ts';
import { copyWithId, hasBytesOf, idOf } from './row-copies.ts';
import { tablesOf } from './rows.ts';
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
  /** Set if each read returned only a few rows: how many rows a scan found, and how many a read returned. */
  readonly pages?: { readonly rows: number; readonly each: number };
  /** How long the account waited before it answered, in milliseconds, if it did. */
  readonly delay?: number;
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
   * How many rows of stale connections are added, too, if the account can fail on request. Then each read returns only
   * a few rows, if the account can limit reads, and the failing row is on the last page, and next time on the first.
   */
  readonly stale?: number;
}

/** How long the room may take to report the failure, in milliseconds. Once it has, it has deleted what it deletes. */
const WITHIN = { practice: 500, aws: 5_000 } as const;

/** How many rows each read returns, if there are pages. */
const PAGE = 10;

/** How long the slow post takes to fail, in milliseconds: this long, or twice as long as the message before took. */
const LATE = { least: 400, longest: 4_000 } as const;

/** Where a scan finds the failing row, and how long its posts take to fail, in milliseconds. */
interface Place {
  readonly isFirst?: true;
  readonly delay?: number;
}

/**
 * Copies somebody's rows with an unused connection id, whose posts fail, and sends a message. In the practice account,
 * they fail with 403, which the SDK doesn't try again; on AWS the id is malformed, and they fail with 400. Ends at the
 * first mistake. Returns undefined if no row can be copied, or the practice account counted no post to the copy. AWS
 * counts none.
 */
export async function speakPastFailingRow(
  subject: Subject,
  options: FailingRowOptions,
): Promise<FailingRow | undefined> {
  if (!(await canFail(subject))) return (await speakPast(subject, options))?.row;
  const last = await speakPast(subject, options, {});
  const isOver = last?.row.told === undefined || !last.row.isLeft;
  if (isOver || (options.stale ?? 0) === 0) return last?.row;
  // A room can look only at the results of the last page, or of the first. Or it doesn't await the posts of a page:
  // then the function has ended before a slow one fails.
  const delay = Math.round(Math.min(LATE.longest, Math.max(LATE.least, 2 * last.took)));
  return (await speakPast(subject, options, { isFirst: true, delay }))?.row;
}

/** Has the account fail on request, if `place` is given. Returns how long the message took, too, in milliseconds. */
async function speakPast(
  subject: Subject,
  { speaker, copied, rows, people, stale = 0 }: FailingRowOptions,
  place?: Place,
): Promise<{ readonly row: FailingRow; readonly took: number } | undefined> {
  const onRequest = place && failuresOf(subject, 'ForbiddenException', place.delay);
  const ids = place === undefined ? [malformedId('long')] : Array.from({ length: 1 + stale }, unusedId);
  const made = ids.map((id) => ({ id, rows: copiesOf(rows, copied.person.name, id) }));
  const ghosts = await startGhosts(subject);
  try {
    const copies = made.flatMap((each) => each.rows);
    // Nobody recognizes a malformed id in a row.
    await ghosts.add(copies, place === undefined ? made[0]?.id : undefined);
    const placed = await inScanOrder(subject, made);
    const failing = place?.isFirst ? placed[0] : placed.at(-1);
    if (failing === undefined) return undefined;
    await onRequest?.begin(failing.id);
    await untilIndexed(subject, [copied.person.name]);
    const limits = stale > 0 ? await limitReads(subject, tablesOf(subject), { items: PAGE }) : undefined;
    const began = performance.now();
    const told = await speakToIt(subject, { speaker, people, delay: place?.delay }).finally(limits?.end);
    const took = performance.now() - began;
    const left = await untilAllDeleted(subject, failing.rows, 0);
    if ((await onRequest?.end()) === 0) return undefined;
    const row = {
      id: failing.id,
      answer: onRequest === undefined ? '400 Bad Request' : '403 Forbidden',
      copyOf: copied.label,
      behind: failing.behind,
      ...(limits?.isOn ? { pages: { rows: failing.of, each: PAGE } } : {}),
      delay: place?.delay,
      speaker: speaker.label,
      told,
      isLeft: left.length === failing.rows.length,
    };
    return { row, took };
  } finally {
    await onRequest?.end();
    await ghosts.remove();
  }
}

interface Speaking extends Pick<FailingRowOptions, 'speaker' | 'people'>, Pick<Place, 'delay'> {}

/** Sends a message, and returns the error that the speaker got, once the room does nothing more. */
async function speakToIt(subject: Subject, { speaker, people, delay = 0 }: Speaking): Promise<string | undefined> {
  const from = speaker.person.heard.length;
  const told = () => speaker.person.heard.slice(from).find(isTrouble)?.text;
  await speakTo(subject, speaker, people, { text: saying() });
  await speaker.person.hears(() => told() !== undefined, WITHIN[subject.target.kind] + delay);
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

/** Copies, how many rows a scan finds before them, and how many in all. */
interface Placed extends Made {
  readonly behind: number;
  readonly of: number;
}

/** Returns copies in the order in which a scan finds them; none if there are no copies. */
async function inScanOrder(subject: Pick<Subject, 'target'>, made: readonly Made[]): Promise<Placed[]> {
  const [first] = made[0]?.rows ?? [];
  if (first === undefined) return [];
  const keys = await keysPresent(subject, first.table);
  const placeOf = ({ rows: [copy] }: Made) => keys.indexOf(keyOf(copy?.row ?? {}, first.table));
  return made
    .map((each) => ({ ...each, behind: placeOf(each), of: keys.length }))
    .sort((one, other) => one.behind - other.behind);
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

function inWords({ id, answer, copyOf, behind, pages, delay, speaker }: FailingRow): string {
  const rows = (count: number) => `${count} other ${count === 1 ? 'row' : 'rows'} of the table`;
  const after = pages === undefined ? 0 : pages.rows - 1 - behind;
  const where = behind > 0 ? `, behind ${rows(behind)}` : after > 0 ? `, before ${rows(after)}` : '';
  const limit = pages === undefined ? '' : `, and let each read return ${pages.each} rows`;
  const late = delay === undefined ? '' : ` after ${delay} ms`;
  return `This check copied ${copyOf}'s row with the connection id ${id}${where}${limit}: posts to it fail with ${answer}${late}. ${speaker} sent a message`;
}

/** Why it doesn't count that the speaker got no error. */
export const MAY_BE_OTHERS =
  "This check can't tell whether the room hides an error of a post: another function than the sender's can post.";

/** Why a failing post couldn't be tried. */
export const FAILING_UNTRIED =
  "This check couldn't try whether a row stays if a post to it fails with an error other than 410 Gone: no row could be copied, or the room posted nothing to the copy.";
