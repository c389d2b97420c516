import { setTimeout as pause } from 'node:timers/promises';
import type { StackEvent } from '@aws-sdk/client-cloudformation';
import type { Target } from '../aws/target.ts';

/**
 * The events of a stack from now on. `read` looks once and returns new ones, the oldest first; `follow` passes them to
 * `each` until the deployment has ended, and then once more.
 */
export interface EventFeed {
  read(): Promise<StackEvent[]>;
  follow(each: (event: StackEvent) => void, ended: AbortSignal): Promise<void>;
}

/** Starts after the newest existing event. AWS throttles frequent reads, so once in two seconds is enough there. */
export async function stackEvents(target: Target, stackName: string): Promise<EventFeed> {
  const [client, { DescribeStackEventsCommand }] = await Promise.all([
    target.clients.cloudformation(),
    import('../aws/sdk/cloudformation.ts'),
  ]);
  const interval = target.kind === 'practice' ? 100 : 2000;
  const seen = new Set<string>();

  const read = async (): Promise<StackEvent[]> => {
    const fresh: StackEvent[] = [];
    let NextToken: string | undefined;
    do {
      const page = await client
        .send(new DescribeStackEventsCommand({ StackName: stackName, NextToken }))
        .catch((error: unknown) => {
          if (error instanceof Error && /does not exist/.test(error.message)) return { StackEvents: [] };
          throw error;
        });
      const events = page.StackEvents ?? [];
      const unseen = events.filter(({ EventId = '' }) => !seen.has(EventId));
      for (const event of unseen) seen.add(event.EventId ?? '');
      fresh.push(...unseen);
      NextToken = unseen.length < events.length ? undefined : (page as { NextToken?: string }).NextToken;
    } while (NextToken !== undefined);
    return fresh.reverse();
  };

  await read();
  return {
    read,
    async follow(each, ended) {
      while (!ended.aborted) {
        for (const event of await read()) each(event);
        await pause(interval, undefined, { signal: ended }).catch(() => {});
      }
      for (const event of await read()) each(event);
    },
  };
}
