import type { Clock } from '../calls/context.ts';
import type { StoredEvent } from '../services/logs/event-file.ts';
import type { Logs } from '../services/logs/writer.ts';
import { between, type Chance } from './chance.ts';

/** How long an event takes from a function to readers of its log, in seconds. */
const lateness = [5, 10] as const;

/** Returns logs whose events are readable a few seconds after they were written. Those of a stream stay in order. */
export function lateLogs(
  logs: Logs,
  { clock, chance, scale }: { readonly clock: Clock; readonly chance: Chance; readonly scale: number },
): Logs {
  /** When every event has arrived, in milliseconds: old ones need no random delay. */
  const latest = (lateness[1] * 1000) / scale;
  return {
    write: (...event) => logs.write(...event),
    remove: (...what) => logs.remove(...what),
    events(group, stream) {
      const file = logs.events(group, stream);
      const arrived = (events: StoredEvent[]): StoredEvent[] => {
        const now = clock.now().getTime();
        const isUnderWay = ({ sequence, ingestionTime }: StoredEvent) =>
          ingestionTime + latest > now &&
          ingestionTime + (between(lateness, chance('log', group.name, sequence)) * 1000) / scale > now;
        const first = events.findIndex(isUnderWay);
        return first < 0 ? events : events.slice(0, first);
      };
      return {
        read: () => arrived(file.read()),
        readInTurns: async (isWanted) => arrived(await file.readInTurns(() => true)).filter(isWanted),
        extent() {
          const written = file.extent();
          if ((written.lastIngestionTime ?? 0) + latest <= clock.now().getTime()) return written;
          const events = arrived(file.read());
          const last = events.at(-1);
          return {
            firstTimestamp: events[0]?.timestamp,
            lastTimestamp: last?.timestamp,
            lastIngestionTime: last?.ingestionTime,
            bytes: written.bytes,
          };
        },
      };
    },
  };
}
