import type { At, Finding, Place } from '../../checking/check.ts';
import { type AmongGhosts, missedBy, saidIn } from '../../probe/among-ghosts.ts';
import { quoted } from '../../probe/frames.ts';
import { andThey, gotAltered, gotTwice, livingDeleted } from '../among-ghosts.ts';
import * as findings from './findings.ts';
import { HANDLER, NEAR } from './place.ts';
import type { SenderFailure } from './sender-failure.ts';

/** What is known besides the messages. */
export interface Besides {
  /** How many stale connections there were. */
  readonly gone: number;
  /** Of the rows that stayed, how long ago the connections began, in milliseconds, if that is known. */
  readonly ages: readonly number[];
  readonly failure: SenderFailure | undefined;
}

/** Returns the first mistake; undefined if nothing is wrong. */
export function whatIsWrong(
  spoken: AmongGhosts,
  { gone, ages, failure }: Besides,
): { actual: string; finding?: Finding; at?: At; place?: Place | undefined } | undefined {
  const { first, second, told, left } = spoken;
  const { speaker, heard } = second ?? first;
  const deaf = missedBy(second ?? first);
  const error = told === undefined ? '' : `${told.who} got an error: ${quoted(told.text)}`;
  const why = failure === undefined ? '' : ` ${failure.what}`;
  const deleted = livingDeleted(spoken);
  if (deleted !== undefined) return { actual: deleted, finding: findings.livingRowDeleted };
  const altered = gotAltered(second ?? first);
  if (altered !== undefined) return { actual: altered, finding: findings.differentText };
  if (deaf.length > 0) {
    const isForNobody = deaf.length === Object.keys(heard).length;
    const missed = isForNobody ? 'but nobody got it' : `${andThey(speaker, deaf)} didn't get it`;
    // If the function is slow, its error can come after the check.
    const silence = failure === undefined ? ' Nobody got an error.' : '';
    return {
      actual: `${speaker} sent a message, ${missed}.${told === undefined ? silence : ` ${error}.`}${why}`,
      finding: findings.someHearNothing,
      // Nothing awaits the functions that `forEach` calls.
      at: { handler: HANDLER, near: told === undefined ? ['forEach(async', ...NEAR] : NEAR },
      ...basedOn(failure),
    };
  }
  if (told !== undefined && left.length > 0) {
    const which = left.length === gone ? 'the rows' : `${left.length} of the rows`;
    // A slow function can have deleted some rows, and the next time it deletes more.
    const next = failure?.finding === findings.noEnd ? '' : ', so the next message will fail, too';
    return {
      actual: `Everyone present got the message, but ${error}.${why} The table still has ${which} of the ${gone} stale connections${next}.`,
      ...basedOn(failure),
    };
  }
  if (told !== undefined) {
    return {
      actual: `Everyone present got the message and the stale rows were deleted, but ${error}.${why}`,
      finding: findings.errorAllTheSame,
      ...basedOn(failure),
    };
  }
  const twice = gotTwice(saidIn(spoken));
  if (twice !== undefined) return { actual: twice, finding: findings.heardTwice };
  if (left.length > 0) {
    const which = left.length === gone ? `the rows of all ${gone}` : `the rows of ${left.length} of the ${gone}`;
    return {
      actual: `Everyone present got the message${failure === undefined ? ' and nobody got an error' : ''}, but the table still has ${which} stale connections.${left.length < gone ? began(ages) : ''}${why}`,
      finding: findings.rowsStay,
      ...basedOn(failure),
    };
  }
  return undefined;
}

/** Returns what a failure says about the mistake, if there is one. */
function basedOn(failure: SenderFailure | undefined): { finding?: Finding; at?: At; place?: Place | undefined } {
  return failure === undefined ? {} : { finding: failure.finding, ...failure.where };
}

/** Says when the youngest of these connections began: a room can keep the rows of those that began not long ago. */
function began(ages: readonly number[]): string {
  if (ages.length === 0) return '';
  const which = ages.length === 1 ? 'That one' : 'The youngest of these';
  return ` ${which} began ${Math.round(Math.min(...ages) / 60_000)} minutes ago.`;
}
