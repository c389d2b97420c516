import type { World } from '../../../calls/context.ts';
import type { FunctionRecord, VersionRecord } from '../records.ts';
import { EnvironmentEvents } from './environment-events.ts';
import { InvocationLog } from './invocation-log.ts';
import { mayLog } from './log-permission.ts';

/** What an environment belongs to: its function's version, and where its log and events go. */
export interface Surroundings {
  readonly version: VersionRecord;
  readonly log: InvocationLog;
  readonly events: EnvironmentEvents;
  /** Loads, while the process starts, what its first event and its first call would wait for. */
  prepare(): void;
}

/**
 * Returns the name of a new environment's log stream. Only in a log group that can be of several functions does it
 * contain the function's. Source: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-loggroups.html
 */
export function streamOf(
  { FunctionName }: FunctionRecord,
  { Version, LoggingConfig }: VersionRecord,
  { clock, ids }: Pick<World, 'clock' | 'ids'>,
): string {
  const day = clock.now().toISOString().slice(0, 10).replaceAll('-', '/');
  const named = LoggingConfig.LogGroup === `/aws/lambda/${FunctionName}` ? '' : FunctionName;
  return `${day}/${named}[${Version}]${ids.bytes(16).toString('hex')}`;
}

/** Returns an environment's number in the name of its stream, 32 digits. */
export function numberIn(stream: string): string {
  return stream.slice(-32);
}

/** Returns the first eight digits of that number, which identify it within its function. */
export function shortNumberIn(stream: string): string {
  return numberIn(stream).slice(0, 8);
}

/** Returns the surroundings of an environment with this log stream. */
export function surroundingsOf(
  record: FunctionRecord,
  version: VersionRecord,
  stream: string,
  world: Pick<World, 'store' | 'clock' | 'ids' | 'logs' | 'callerPolicies' | 'tables'>,
): Surroundings {
  const { FunctionName: functionName, FunctionArn } = record;
  const [, , , region = '', accountId = ''] = FunctionArn.split(':');
  const granted = () => mayLog(record, version, stream, world);
  const place = { account: accountId, region, function: functionName };
  return {
    version,
    log: new InvocationLog(world, { accountId, region, functionName }, version, stream, granted),
    events: new EnvironmentEvents(world.clock, place, shortNumberIn(stream)),
    prepare() {
      try {
        // Compiles the policies of the function's role, too.
        granted();
        world.tables.prepare({ accountId, region });
      } catch {
        // The first event, or the first call, fails the same way.
      }
    },
  };
}
