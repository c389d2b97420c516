import type { Subject } from '../checking/check.ts';
import { forAMoment, PAUSE } from '../checking/run.ts';
import { logGroupOf } from './find-in-log.ts';
import { logStart } from './log-start.ts';

/** Lambda's last line of an invocation, as text or as JSON: all of the function's own lines come before it. */
const END = /^REPORT RequestId:|"platform\.report"/m;

/**
 * Waits until a function's log has this many invocations that ended after some moment, because logs arrive seconds late
 * on AWS. Returns false if they didn't appear within the spreading time: a function may lack permission to log.
 */
export async function untilLogged(
  { target, signal }: Pick<Subject, 'target' | 'signal'>,
  functionName: string,
  since: number,
  times = 1,
): Promise<boolean> {
  const [client, { paginateFilterLogEvents }] = await Promise.all([
    target.clients.logs(),
    import('../aws/sdk/logs.ts'),
  ]);
  const { spread, scale = 1 } = target;
  const deadline = performance.now() + spread;
  const hasCome = async (): Promise<boolean> => {
    try {
      const logGroupName = await logGroupOf(target, functionName);
      const startTime = logStart(target, since);
      let ended = 0;
      for await (const { events = [] } of paginateFilterLogEvents({ client }, { logGroupName, startTime })) {
        ended += events.filter(({ message = '' }) => END.test(message)).length;
        if (ended >= times) return true;
      }
    } catch (error) {
      // A function that never wrote anything has no log group.
      if (!(error instanceof Error) || error.name !== 'ResourceNotFoundException') throw error;
    }
    return false;
  };
  for (;;) {
    const isLast = performance.now() >= deadline;
    if (await hasCome()) return true;
    if (isLast) return false;
    await forAMoment(PAUSE / scale, signal);
  }
}
