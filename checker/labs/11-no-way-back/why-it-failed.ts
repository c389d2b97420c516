import type { Evidence } from '../../checking/check.ts';
import { type Failure, lastFailure } from '../failure-in.ts';

/** The last error in a function's log. */
export interface Why extends Failure {
  /** A key attribute that the room's messages don't have, or not as this type: the table is wrong. */
  readonly key?: string;
}

/** The key attributes that the handlers use. If one is missing, a handler is at fault. */
const KEYS = ['channel', 'sentAt'];

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html */
const KEYLESS = /^ValidationException: .*(?:Missing the key|missed key schema element:?) (\w+)/;

/** The room's keys are texts. */
const MISTYPED = /^ValidationException: .*Type mismatch for key (\w+) expected: [^S]/;

/** Returns why a function failed, as far as its log says so. */
export function whyItFailed(failure: readonly Evidence[]): Why | undefined {
  const last = lastFailure(failure);
  const [, missing = ''] = KEYLESS.exec(last?.error ?? '') ?? [];
  const [, key = KEYS.includes(missing) ? '' : missing] = MISTYPED.exec(last?.error ?? '') ?? [];
  return last === undefined || key === '' ? last : { ...last, isOfStack: true, key };
}
