import { expect, test } from 'vitest';
import { RefusedError } from './handshake.ts';
import { knockAt } from './knock.ts';
import type { Ticket, Visit } from './visit.ts';

/** A room that answers each token with a status, by default 401. */
function room(statuses: Readonly<Record<string, number>>) {
  const tokens: Array<string | undefined> = [];
  const join = async (_: string, { token = '' }: Ticket = {}) => {
    tokens.push(token);
    const status = statuses[token] ?? 401;
    if (status !== 101) throw new RefusedError(status);
    return { leave: async () => {} };
  };
  return { visit: { join, conversation: [] } as unknown as Visit, tokens };
}

const callers = [
  { kind: 'a random text', token: 'random' },
  { kind: 'a changed token', token: 'changed', after: { kind: 'her own token', token: 'own' } },
];

test('callers who come after somebody connect before the others', async () => {
  const { visit, tokens } = room({ own: 101 });
  expect(await knockAt(visit, callers, 1)).toEqual({
    knocks: [
      { kind: 'a random text', status: 401 },
      { kind: 'a changed token', status: 401 },
    ],
    conversation: [],
  });
  expect(tokens).toEqual(['own', 'changed', 'random']);
});

test.each([429, 500, 502, 401])('they do not try if the one before is answered with %i', async (own) => {
  const { visit, tokens } = room({ own });
  expect(await knockAt(visit, callers, 1)).toMatchObject({
    knocks: [{ kind: 'a random text', status: 401 }],
    notAdmitted: { kind: 'her own token', status: own },
  });
  expect(tokens).toEqual(['own', 'random']);
});
