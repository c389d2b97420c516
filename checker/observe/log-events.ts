import type { FilteredLogEvent } from '@aws-sdk/client-cloudwatch-logs';
import type { Subject } from '../checking/check.ts';
import { logStart } from './log-start.ts';

/**
 * Returns every event of a log group since a moment, of all pages: a page can be empty and not be the last. Returns
 * undefined if there is no such group.
 */
export async function eventsSince(
  { target }: Pick<Subject, 'target'>,
  logGroupName: string,
  since: number,
): Promise<FilteredLogEvent[] | undefined> {
  const [client, { paginateFilterLogEvents }] = await Promise.all([
    target.clients.logs(),
    import('../aws/sdk/logs.ts'),
  ]);
  const startTime = logStart(target, since);
  const found: FilteredLogEvent[] = [];
  try {
    for await (const { events = [] } of paginateFilterLogEvents({ client }, { logGroupName, startTime }))
      found.push(...events);
  } catch (error) {
    if (error instanceof Error && error.name === 'ResourceNotFoundException') return undefined;
    throw error;
  }
  return found;
}
