import type { Clock } from '../../calls/context.ts';
import type { Pool } from './pool.ts';

// https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html
const longestSilence = 10 * 60_000;
const longestConnection = 2 * 60 * 60_000;

/** Closes connections that were silent for ten minutes, or open for two hours. */
export function expire(pool: Pick<Pool, 'all'>, clock: Clock): void {
  const now = clock.now().getTime();
  for (const connection of pool.all()) {
    const { record, lastActiveAt } = connection;
    if (now - lastActiveAt < longestSilence && now - record.connectedAt < longestConnection) continue;
    connection.close({ code: 1001, reason: 'Going away' });
  }
}
