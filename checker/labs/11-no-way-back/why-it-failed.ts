import type { Evidence } from '../../checking/check.ts';
import { type Failure, lastFailure } from '../failure-in.ts';

/** The last error in a function's log. */
export interface Why extends Failure {
  /** A key attribute of the table that the room's messages don't have: the table is wrong. */
  readonly key?: string;
}

/** The key attributes that the handlers use. If one is missing, a handler is at fault. */
const KEYS = ['channel', 'sentAt'];

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html */
const KEYLESS = /^ValidationException: .*(?:Missing the key|missed key schema element:?) (\w+)/;

/** Returns why a function failed, as far as its log says so. */
export function whyItFailed(failure: readonly Evidence[]): Why | undefined {
  const last = lastFailure(failure);
  const [, key] = KEYLESS.exec(last?.error ?? '') ?? [];
  return last === undefined || key === undefined || KEYS.includes(key) ? last : { ...last, isOfStack: true, key };
}
