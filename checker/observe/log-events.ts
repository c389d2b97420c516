import type { FilteredLogEvent } from '@aws-sdk/client-cloudwatch-logs';
import type { Subject } from '../checking/check.ts';

/** How far the clocks of this machine and of the account can be apart, in milliseconds. */
const SKEW = 1_000;

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
  const startTime = Math.round(since - SKEW / (target.scale ?? 1));
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
