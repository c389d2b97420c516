import type { Subject } from '../checking/check.ts';
import { logGroupOf } from './find-in-log.ts';

/** Lambda's line for each invocation, as text or as JSON. */
const INVOKED = /^(START|REPORT) RequestId:|"platform\.(start|report)"/m;

/**
 * Returns whether a function's log has an invocation since a moment. On AWS logs are late, so false proves nothing
 * there.
 */
export async function wasInvoked(
  { target }: Pick<Subject, 'target'>,
  functionName: string,
  since: number,
): Promise<boolean> {
  const [client, { paginateFilterLogEvents }] = await Promise.all([
    target.clients.logs(),
    import('../aws/sdk/logs.ts'),
  ]);
  const logGroupName = await logGroupOf(target, functionName);
  for await (const { events = [] } of paginateFilterLogEvents({ client }, { logGroupName, startTime: since }))
    if (events.some(({ message = '' }) => INVOKED.test(message))) return true;
  return false;
}
