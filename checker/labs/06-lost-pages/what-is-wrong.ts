import type { Finding } from '../../checking/check.ts';
import type { SenderRun } from '../../observe/printed.ts';
import { missedBy, saidIn } from '../../probe/among-ghosts.ts';
import type { SeenRow, Tunnel } from '../../probe/tunnel.ts';
import { gotAltered, gotTwice, inList, livingDeleted } from '../among-ghosts.ts';
import { type FailedRead, wrongFailedRead } from './failed-read.ts';
import * as findings from './findings.ts';
import { gotError } from './got-error.ts';
import { type RowByRow, wrongRowByRow } from './row-by-row.ts';

/** What people saw, and what became of the rows. */
export interface Seen extends Pick<Tunnel, 'spoken' | 'rows' | 'table'>, Pick<SenderRun, 'timedOut'> {
  /** A message while each read returned a single row, if the account can do that. */
  readonly rowByRow?: RowByRow;
  /** A message while one read failed, if the account can do that, and nothing was wrong before. */
  readonly failedRead?: FailedRead;
}

/** A mistake. */
export interface Wrong {
  readonly actual: string;
  readonly finding?: Finding;
  /** Whether the message while each read returned a single row shows it, not one of the first two. */
  readonly isRowByRow?: true;
}

/** Returns the first mistake; undefined if nothing is wrong. */
export function whatIsWrong(
  { spoken, rows = [], timedOut, rowByRow, failedRead }: Seen,
  living: readonly SeenRow[],
): Wrong | undefined {
  if (spoken === undefined) return undefined;
  const { first, second, told, left } = spoken;
  const { speaker, heard } = first;
  const pageOf = (label = '') => living.find(({ of }) => of === label)?.page;
  const pages = Math.max(...rows.map(({ page }) => page));
  const deaf = living.filter(({ of = '' }) => heard[of] === 0);
  const deleted = livingDeleted(spoken);
  if (deleted !== undefined) return { actual: deleted, finding: findings.livingRowDeleted };
  if (told !== undefined && second !== undefined) {
    const missed = missedBy(second);
    const deafThen = missed.length === 0 ? '' : ` ${inList(missed)} didn't get the message.`;
    return {
      actual: `Everyone got the first message. Then ${second.speaker}, whose row was on page ${pageOf(second.speaker)}, sent one${gotError(second.speaker, told)}.${deafThen}`,
      finding: told.text.includes('"type":"error"') ? findings.senderNotFound : findings.errorInstead,
    };
  }
  if (told !== undefined) {
    const missed = deaf.length === 0 ? '' : ` ${inList(deaf.map(({ of = '' }) => of))} didn't get the message.`;
    return {
      actual: `The table has ${pages} pages. ${speaker} sent a message${gotError(speaker, told)}.${missed}`,
      // The room's own error means that it doesn't find the sender in what it read.
      finding: told.text.includes('"type":"error"') ? findings.nobodyHears : findings.errorInstead,
    };
  }
  const altered = gotAltered(second ?? first);
  if (altered !== undefined) return { actual: altered, finding: findings.somethingElse };
  if (deaf.length > 0) {
    const where = deaf.map(({ of, page }) => `${of} (page ${page})`);
    const actual = `The table has ${pages} pages. ${speaker} (page ${pageOf(speaker)}) sent a message. ${inList(where)} didn't get it${timedOut ? '' : ', and nobody got an error'}.`;
    // Reading stops somewhere: nobody after that page gets anything.
    const last = Math.max(0, ...living.filter((row) => !deaf.includes(row)).map(({ page }) => page));
    if (last === 0) return { actual, finding: findings.nobodyHears };
    if (deaf.some(({ page }) => page < last)) return { actual, finding: findings.rowsMixedUp };
    return last === 1 ? { actual } : { actual, finding: findings.someNextPage };
  }
  const twice = gotTwice(saidIn(spoken));
  if (twice !== undefined) return { actual: twice, finding: findings.heardTwice };
  if (left.length > 0) {
    const stale = rows.filter(({ of, isLeft }) => of === undefined && isLeft);
    const where = [...new Set(stale.map(({ page }) => page))];
    return {
      actual: `Everyone got the message, but ${left.length === 1 ? 'the row of a stale connection is' : `${left.length} rows of stale connections are`} still in the table, on ${where.length === 1 ? 'page' : 'pages'} ${inList(where.map(String))}.`,
      finding: findings.rowsStay,
    };
  }
  const silent = second === undefined ? [] : missedBy(second);
  if (silent.length > 0) {
    return {
      actual: `Everyone got the first message. ${second?.speaker} answered, and ${inList(silent)} didn't get that.`,
      finding: findings.rowsMixedUp,
    };
  }
  const wrong = rowByRow && wrongRowByRow(rowByRow);
  return wrong === undefined ? failedRead && wrongFailedRead(failedRead) : { ...wrong, isRowByRow: true };
}
