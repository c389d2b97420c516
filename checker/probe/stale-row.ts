import { randomInt } from 'node:crypto';
import type { Subject } from '../checking/check.ts';
import { saidTo, speakTo } from './among-ghosts.ts';
import { deletedAfterLeaving, type RowFinder, untilAllDeleted } from './connections.ts';
import { isTrouble } from './frames.ts';
import { aged, FORGETS_WITHIN, startGhosts } from './ghosts.ts';
import { untilIndexed } from './indexes.ts';
import type { Participant } from './join-all.ts';
import { saying } from './sayings.ts';

/** A message in a room that has a stale row: of one connection that ended without `$disconnect`. */
export interface StaleRow {
  /** The label of the person whose connection ended. */
  readonly of: string;
  readonly table: string;
  readonly speaker: string;
  /** The error that the speaker got. */
  readonly told?: string;
  /** The labels of those who didn't get the message. */
  readonly missed: readonly string[];
  /** Whether the row is still there. */
  readonly isLeft: boolean;
}

/** What came of it so far: an error can come after the message, with the next one. */
export type UntilNow = () => StaleRow;

/**
 * How many messages are sent until the row is gone: the room can read from an index, and that can have an earlier state
 * of the row for a moment, in which the connection has just begun.
 */
const ATTEMPTS = 3;

/**
 * Somebody leaves, and their row is put back an hour older. Then somebody else sends a message. Undefined if the rows of
 * the one who left can't be found, or if `$disconnect` doesn't delete all of them: then a room can have its reasons to
 * keep one.
 */
export async function speakPastStaleRow(
  subject: Subject,
  {
    finder,
    leaver,
    people,
  }: { readonly finder: RowFinder; readonly leaver: Participant; readonly people: readonly Participant[] },
): Promise<UntilNow | undefined> {
  const rows = await finder.rowsOf(leaver);
  const [first] = rows;
  if (first === undefined) return undefined;
  await leaver.person.leave();
  if ((await deletedAfterLeaving(subject, rows)).length < rows.length) return undefined;
  const stale = rows.map(({ table, row }) => ({ table, row: aged(row, table) }));
  const ghosts = await startGhosts(subject);
  try {
    await ghosts.add(stale);
    if (!(await untilIndexed(subject, [leaver.person.name]))) return undefined;
    const speaker = people[randomInt(people.length)];
    if (speaker === undefined) throw new Error('Nobody is left in the room.');
    const from = speaker.person.heard.length;
    for (let attempt = 1; ; attempt += 1) {
      const text = saying();
      await speakTo(subject, speaker, people, text);
      const missed = Object.entries(saidTo(speaker, people, text).heard).flatMap(([label, times]) =>
        times === 0 ? label : [],
      );
      const told = () => speaker.person.heard.slice(from).find(isTrouble);
      const isWrong = missed.length > 0 || told() !== undefined;
      const within = FORGETS_WITHIN[subject.target.kind] / ATTEMPTS;
      const left = await untilAllDeleted(subject, stale, isWrong ? 0 : within);
      // A room with several rows for a connection can have a table of its own, and delete only the one there.
      const isLeft = left.length === stale.length;
      if (!isLeft || isWrong || attempt === ATTEMPTS) {
        const seen = { of: leaver.label, table: first.table.name, speaker: speaker.label, missed, isLeft };
        return () => ({ ...seen, ...(told() === undefined ? {} : { told: told()?.text ?? '' }) });
      }
    }
  } finally {
    await ghosts.remove();
  }
}
