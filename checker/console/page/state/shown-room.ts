import type { DeployedRoom } from '../../deployed-room.ts';
import { isUnavailable } from './documents.ts';

/**
 * Returns a room without some visitors: neither their sockets nor the rows about them. A row that has lost its socket
 * stays in any case: every message is still posted to it.
 */
export function withoutVisitors(room: DeployedRoom, visitors: ReadonlySet<string>): DeployedRoom {
  if (visitors.size === 0) return room;
  const { sockets, tables } = room;
  return {
    ...room,
    sockets: isUnavailable(sockets) ? sockets : sockets.filter(({ connectionId }) => !visitors.has(connectionId)),
    tables: tables.map((table) => ({
      ...table,
      rows: table.rows.filter(
        ({ connectionId = '', hasSocket }) => !(hasSocket === true && visitors.has(connectionId)),
      ),
    })),
  };
}
