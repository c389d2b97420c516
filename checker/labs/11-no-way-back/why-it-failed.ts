import type { Evidence } from '../../checking/check.ts';
import { errorIn } from '../../observe/thrown.ts';

/** The last error in a function's log. */
export interface Why {
  /** The line of the log with the error. */
  readonly line: string;
  /** The error, in a sentence. */
  readonly says: string;
  /** Whether the stack is at fault: the function lacks a permission, a variable or its table, or the table another key. */
  readonly isOfStack: boolean;
  /** A key attribute of the table that the room's messages don't have. */
  readonly key?: string;
}

/** The key attributes that the handlers use. If one is missing, a handler is at fault. */
const KEYS = ['channel', 'sentAt'];

/** Returns why a function failed, as far as its log says so. */
export function whyItFailed(failure: readonly Evidence[]): Why | undefined {
  const line = failure
    .flatMap(({ source, lines }) => (source === 'log' ? lines : []))
    .findLast((each) => errorIn(each) !== undefined);
  const error = line === undefined ? undefined : errorIn(line);
  if (line === undefined || error === undefined) return undefined;
  const [, action] = /is not authorized to perform: (\S+)/.exec(error) ?? [];
  if (action !== undefined) return { line, says: `The function isn't allowed ${action}.`, isOfStack: true };
  const says = `The function failed with ${error.replace(/\.$/, '')}.`;
  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html
  const [, key] = /^ValidationException: .*(?:Missing the key|missed key schema element:?) (\w+)/.exec(error) ?? [];
  if (key !== undefined && !KEYS.includes(key)) return { line, says, isOfStack: true, key };
  return { line, says, isOfStack: /^ResourceNotFoundException\b|\benvironment variable\b/.test(error) };
}
