import { expect, test } from 'vitest';
import { RefusedError } from './handshake.ts';
import { joinWithClaims } from './join-with-claims.ts';
import type { Person } from './person.ts';
import type { Ticket } from './visit.ts';

const claims = { query: { name: 'Vera Schoonn', nickname: 'Ines Moss' }, headers: { 'x-nick': 'Wei Prail' } };

/** A room that answers everyone who makes certain claims with a status. */
function room(status: number, rejects: (ticket: Ticket) => boolean) {
  const tickets: Ticket[] = [];
  const join = async (_: string, ticket: Ticket = {}) => {
    tickets.push(ticket);
    if (rejects(ticket)) throw new RefusedError(status);
    return {} as Person;
  };
  return { join, tickets };
}

function freshTickets() {
  let made = 0;
  return async () => {
    made += 1;
    return { token: `token ${made}` };
  };
}

test('claims everything in a room that does not mind', async () => {
  const { join, tickets } = room(403, () => false);
  expect(await joinWithClaims({ join }, 'Grace', freshTickets(), claims)).toMatchObject({ claims });
  expect(tickets).toEqual([{ token: 'token 1', claims }]);
});

test.each([400, 403, 500, 504])(
  'claims only the name, with a new token, in a room that answers the rest with %i',
  async (status) => {
    const { join, tickets } = room(status, (ticket) => ticket.claims !== undefined);
    const joined = await joinWithClaims({ join }, 'Grace', freshTickets(), claims);
    expect(joined.claims).toEqual({ query: { name: 'Vera Schoonn' }, headers: {} });
    expect(tickets.at(-1)).toEqual({ token: 'token 2', says: 'Vera Schoonn' });
  },
);

test('claims nothing the second time if no name was among the claims', async () => {
  const { join, tickets } = room(403, (ticket) => ticket.claims !== undefined);
  const { query: _, ...others } = claims;
  const joined = await joinWithClaims({ join }, 'Grace', freshTickets(), { query: { nick: 'Ines Moss' }, ...others });
  expect(joined.claims).toEqual({ query: {}, headers: {} });
  expect(tickets.at(-1)).toEqual({ token: 'token 2' });
});

test('does not try again if it was throttled', async () => {
  const status = 429;
  const { join, tickets } = room(status, () => true);
  await expect(joinWithClaims({ join }, 'Grace', freshTickets(), claims)).rejects.toMatchObject({ status });
  expect(tickets).toHaveLength(1);
});
