import type { Subject } from '../checking/check.ts';
import { logGroupOf } from './find-in-log.ts';
import { logStart } from './log-start.ts';
import { thrown } from './thrown.ts';

/** Lambda's line for each invocation, as text or as JSON. */
const INVOKED = /^(START|REPORT) RequestId:|"platform\.(start|report)"/m;

/** How a function's invocations ended: all of them well, or some with a failure. */
export type Ending = 'finished' | 'failed';

/** How a failed invocation ends in its log: Lambda's lines, and those of its runtimes for Node.js and Python. */
const FAILED =
  /^REPORT RequestId:.*\tStatus: (?!success)|"platform\.report".*"status":"(?!success)|Task timed out after|^\[ERROR\]/m;

const ENDED = /^REPORT RequestId:|"platform\.report"/m;

/**
 * Returns how a function's invocations since a moment ended, according to its log; undefined if that doesn't say. On
 * AWS, it can be late: they all finished only if the log has the ends of at least so many.
 */
export async function observeEnding(
  subject: Pick<Subject, 'target'>,
  functionName: string,
  since: number,
  invocations = 1,
): Promise<Ending | undefined> {
  let ends = 0;
  for await (const line of linesSince(subject, functionName, since)) {
    // In JSON, an error that the function caught and printed looks like one that it threw: only the report differs.
    if (FAILED.test(line) || isThrown(line)) return 'failed';
    if (ENDED.test(line)) ends += 1;
  }
  return ends >= invocations ? 'finished' : undefined;
}

function isThrown(line: string): boolean {
  return thrown(line)[0] !== line;
}

/**
 * Returns whether a function's log has an invocation since a moment. On AWS logs are late, so false proves nothing
 * there.
 */
export async function wasInvoked(
  subject: Pick<Subject, 'target'>,
  functionName: string,
  since: number,
): Promise<boolean> {
  for await (const line of linesSince(subject, functionName, since)) if (INVOKED.test(line)) return true;
  return false;
}

async function* linesSince(
  { target }: Pick<Subject, 'target'>,
  functionName: string,
  since: number,
): AsyncIterable<string> {
  const [client, { paginateFilterLogEvents }] = await Promise.all([
    target.clients.logs(),
    import('../aws/sdk/logs.ts'),
  ]);
  const logGroupName = await logGroupOf(target, functionName);
  const startTime = logStart(target, since);
  for await (const { events = [] } of paginateFilterLogEvents({ client }, { logGroupName, startTime }))
    yield* events.map(({ message = '' }) => message);
}
