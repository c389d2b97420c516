import { expect, test } from 'vitest';
import type { DeployedRoom } from '../../deployed-room.ts';
import { withoutVisitors } from './shown-room.ts';

const row = (connectionId: string, hasSocket: boolean) => ({ values: { connectionId }, connectionId, hasSocket });

const room = {
  sockets: ['ada=', 'visitor='].map((connectionId) => ({ connectionId, connectedAt: '2026-11-28T12:00:00Z' })),
  tables: [
    {
      name: 'chat',
      label: 'Connections',
      keys: ['connectionId'],
      rows: [row('ada=', true), row('visitor=', true), row('gone=', false)],
      hasMore: false,
    },
  ],
} as unknown as DeployedRoom;

const shown = (visitors: readonly string[]) => {
  const { sockets, tables } = withoutVisitors(room, new Set(visitors));
  if ('unavailable' in sockets) throw new Error('There are no sockets.');
  return [sockets, tables[0]?.rows ?? []].map((all) => all.map(({ connectionId }) => connectionId));
};

test('a room without visitors has neither their sockets nor their rows', () => {
  expect(shown(['visitor='])).toEqual([['ada='], ['ada=', 'gone=']]);
});

test('a row without a socket always stays', () => {
  expect(shown(['gone='])[1]).toContain('gone=');
});

test('nothing is left out if there are no visitors', () => {
  expect(shown([])[1]).toHaveLength(3);
});
