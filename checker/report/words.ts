import type { Result, Verdict } from '../checking/check.ts';

/** `Lab 01, The missing route: fixed` */
export function headline({ lab, title, status, checks }: Verdict): string {
  const failed = checks.filter((result) => result.status === 'failed').length;
  const more = status === 'not fixed' && failed > 1 ? `, ${failed} checks fail` : '';
  return `Lab ${lab.slice(0, 2)}, ${title}: ${statusInWords[status]}${more}`;
}

/** A verdict's status as a person says it. */
export const statusInWords: Readonly<Record<Verdict['status'], string>> = {
  fixed: 'fixed',
  'not fixed': 'not fixed',
  'not deployed': 'not deployed',
  'not deployed yet': 'changed in the file, but not deployed yet',
  pending: 'not decided yet',
  broken: 'could not be checked',
};

/** What stands before the changes of a drift. */
export const whatDeployingDoes = 'Deploying it';

/** A check's status as a person says it: `failed`, `waits for route-sendmessage`. */
export function resultInWords(result: Result): string {
  switch (result.status) {
    case 'blocked':
      return `not looked at: waits for ${result.by}`;
    case 'pending':
      return `not decided until ${timeOf(result.until)}`;
    case 'broken':
      return 'could not be checked';
    default:
      return result.status;
  }
}

/** What was seen, in one sentence, whatever became of the check. */
export function actualOf(result: Result): string {
  switch (result.status) {
    case 'passed':
    case 'failed':
      return result.actual;
    case 'blocked':
      return `Not looked at: it waits for ${result.by}.`;
    case 'pending':
    case 'broken':
      return result.reason;
  }
}

/** `labs/01-missing-route/stack.ts:36`; undefined where it cannot be told. */
export function placeOf(result: Result): string | undefined {
  if (!('place' in result) || result.place === undefined) return undefined;
  return `${result.place.file}:${result.place.line}`;
}

/** `14:05:09`, of a time as ISO 8601 has it. */
export function timeOf(time: string): string {
  return new Date(time).toLocaleTimeString('en-GB');
}

/** `1 check`, `2 checks`. */
export function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? '' : 's'}`;
}
