import type { Observation } from '../../checker/labs/04-stale-connections/gone-connections-are-removed.ts';
import type { AmongGhosts } from '../../checker/probe/among-ghosts.ts';

const room = { apiId: 'api1', api: 'Api', stageName: 'room', address: 'ws://127.0.0.1/room' };
/** The ids of three stale connections. */
export const ids = ['L0SM9cOFvHcCIhw=', 'M1xB2dPGwIdDJix=', 'K9aT7eQHxJeEKjy='];
/** Returns the first of their rows. */
export const left = (count: number) => ids.slice(0, count).map((id) => ({ connectionId: { S: id } }));
const once = { Ada: 1, Grace: 1 };
/** Everyone gets both messages, and nothing stays. */
export const right: AmongGhosts = {
  first: { speaker: 'Ada', heard: once },
  second: { speaker: 'Grace', heard: once },
  left: [],
  lost: [],
};
const internal = '{"message": "Internal server error", "connectionId":"M1xB2dPGwIdDJix=", "requestId":"R2y="}';
/** The error that Ada gets. */
export const told = { who: 'Ada', text: internal };
/** A message of Ada that Grace misses. */
export const deaf = { speaker: 'Ada', heard: { Ada: 1, Grace: 0 } };

/** Returns what the check sees in a room with three stale connections. */
export function seen(spoken: Partial<AmongGhosts>, more: Partial<Observation> = {}): Observation {
  const isLeft = (id: string) => (spoken.left ?? []).some((row) => row.connectionId?.S === id);
  const gone = ids.map((id) => ({ id, page: 1, isLeft: isLeft(id) }));
  const rows = [
    gone[0],
    { id: 'N2yC=', of: 'Ada', page: 1, isLeft: true },
    gone[1],
    { id: 'P3zD=', of: 'Grace', page: 1, isLeft: true },
    gone[2],
  ];
  return {
    room,
    spoken: { ...right, ...spoken },
    rows: rows.filter((row) => row !== undefined),
    table: 'Connections',
    tables: ['Connections', 'Presence'],
    conversation: [],
    log: [],
    ...more,
  };
}

/** Returns a log with an error of the sending function. */
export function logOf(error: string): Observation['log'] {
  return [
    {
      source: 'log',
      lines: [`2026-11-24T02:42:34.158Z f4f9107f ERROR ${error}`, '    at forget (functions/forget.ts:1:2)'],
    },
  ];
}
