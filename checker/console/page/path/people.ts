import { signal } from '@preact/signals';
import type { DeployedRoom } from '../../deployed-room.ts';
import { isUnavailable } from '../state/documents.ts';
import { short } from '../words.ts';

/** The room's names for its connections, including closed ones. */
const names = signal<ReadonlyMap<string, string>>(new Map());

/** Remembers the room's names for its connections. */
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

/** Returns a connection's name, or else the beginning of its id. */
export function nameOf(connectionId: string): string {
  return names.value.get(connectionId) ?? short(connectionId);
}
