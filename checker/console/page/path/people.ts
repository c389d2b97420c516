import { signal } from '@preact/signals';
import type { DeployedRoom } from '../../deployed-room.ts';
import { isUnavailable } from '../state/documents.ts';
import { short } from '../words.ts';

/** What the room calls its connections, also those that have gone. */
const names = signal<ReadonlyMap<string, string>>(new Map());

/** Remembers what the room calls its connections. */
export function learnNames({ sockets, tables }: DeployedRoom): void {
  const known = new Map(names.peek());
  for (const { values, connectionId } of tables.flatMap(({ rows }) => rows)) {
    const name = values.name ?? values.username ?? values.user;
    if (connectionId !== undefined && name !== undefined) known.set(connectionId, name);
  }
  for (const { connectionId, name, principalId } of isUnavailable(sockets) ? [] : sockets) {
    const called = name ?? known.get(connectionId) ?? principalId;
    if (called !== undefined) known.set(connectionId, called);
  }
  names.value = known;
}

/** Returns what a connection is called: its name, else the beginning of its id. */
export function nameOf(connectionId: string): string {
  return names.value.get(connectionId) ?? short(connectionId);
}
