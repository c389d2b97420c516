import type { At, Finding, Place } from '../../checking/check.ts';
import type { SenderRun } from '../../observe/printed.ts';
import { isMistake, thrownAt } from '../../observe/thrown.ts';
import type { Tunnel } from '../../probe/tunnel.ts';
import { failureIn } from '../failure-in.ts';
import * as findings from './findings.ts';

/** An error with the 410 in it, or in which it can be: code that wraps errors throws plain ones. */
const ABOUT_GONE = /^(Aggregate)?Error\b|\bgone|\b410\b/i;

/** The end of the sending function that isn't due to the 410. */
export interface SenderFailure {
  readonly what: string;
  readonly finding: Finding;
  /** The place to look at, if it is known. */
  readonly where: { readonly at?: At; readonly place?: Place | undefined };
}

interface Seen extends SenderRun, Pick<Tunnel, 'spoken' | 'table'> {
  readonly tables: readonly string[];
}

/** Says how the function failed; undefined if it didn't, or if that can be the 410. */
export function senderFailure({ spoken, log, timedOut, sender, table, tables }: Seen): SenderFailure | undefined {
  if (timedOut) {
    return { what: 'The function that sends messages timed out, as its log says.', finding: findings.noEnd, where: {} };
  }
  const failure = failureIn(spoken?.told, log, { table, tables });
  if (failure === undefined || (ABOUT_GONE.test(failure.error) && !isMistake(failure.error))) return undefined;
  if (failure.isOtherTable) {
    const where = { place: thrownAt(log, { evenIfDenied: true }) };
    return { what: failure.inWords, finding: findings.otherTable, where };
  }
  const where = failure.isOfStack ? (sender === undefined ? {} : { at: sender }) : { place: thrownAt(log) };
  return { what: failure.inWords, finding: findings.functionFails, where };
}
