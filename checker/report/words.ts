import type { Result, Verdict } from '../checking/result.ts';
import { shortName } from '../workshop/short-name.ts';

/** `Lab 01, The missing route: fixed` */
export function headline({ lab, title, status, checks }: Verdict): string {
  const failed = checks.filter((result) => result.status === 'failed').length;
  const more = status === 'not fixed' && failed > 1 ? `, ${failed} checks fail` : '';
  return `Lab ${shortName(lab)}, ${title}: ${statusInWords[status]}${more}`;
}

/** A verdict's status in words. */
export const statusInWords: Readonly<Record<Verdict['status'], string>> = {
  fixed: 'fixed',
  'not fixed': 'not fixed',
  'not deployed': 'not deployed',
  'not deployed yet': 'changed, but not deployed yet',
  pending: 'not decided yet',
  broken: 'could not be checked',
};

/** The heading above the changes of a drift. */
export const whatDeployingDoes = 'Deploying your files';

/** Returns a check's status in words: `failed`, `waits for route-sendmessage`. */
export function resultInWords(result: Result): string {
  switch (result.status) {
    case 'blocked':
      return `not checked: waits for ${result.by}`;
    case 'pending':
      return `not decided until ${timeOf(result.until)}`;
    case 'broken':
      return 'could not be checked';
    default:
      return result.status;
  }
}

/** Returns what was seen in one sentence, whatever the check's status. */
export function actualOf(result: Result): string {
  switch (result.status) {
    case 'passed':
    case 'failed':
      return result.actual;
    case 'blocked':
      return `Not checked: it waits for ${result.by}.`;
    case 'pending':
    case 'broken':
      return result.reason;
  }
}

/** Returns `labs/01-missing-route/stack.ts:36`; undefined if the place is unknown. */
export function placeOf(result: Result): string | undefined {
  if (!('place' in result) || result.place === undefined) return undefined;
  return `${result.place.file}:${result.place.line}`;
}

/** Returns `14:05:09` for an ISO 8601 time. */
export function timeOf(time: string): string {
  return new Date(time).toLocaleTimeString('en-GB');
}

/** Returns `2026-11-28 17:47:53` for an ISO 8601 time, in the local time zone. */
export function dateAndTimeOf(time: string): string {
  // Sweden writes dates as in ISO 8601.
  return new Date(time).toLocaleString('sv-SE');
}

/** Returns `1 check`, `2 checks`. */
export function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? '' : 's'}`;
}
