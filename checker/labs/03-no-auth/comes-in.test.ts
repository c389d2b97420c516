import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Room, Subject } from '../../checking/check.ts';
import type { Gate } from '../../observe/gate.ts';
import { knockAt } from '../../probe/knock.ts';
import { visit } from '../../probe/visit.ts';
import type { Guests } from '../../sign-in/guests.ts';
import { keepToken } from '../../sign-in/kept-token.ts';
import { renew } from '../../sign-in/renew.ts';
import { comesIn } from './comes-in.ts';
import { decider } from './observe-refusals.ts';

vi.mock('../../probe/knock.ts');
vi.mock('../../probe/visit.ts');
vi.mock('../../sign-in/kept-token.ts');
vi.mock('../../sign-in/renew.ts');
vi.mock('./observe-refusals.ts');

let brought: string[];

beforeEach(() => {
  brought = [];
  const inside = { join: vi.fn(), conversation: [] };
  vi.mocked(visit).mockImplementation((_subject, _address, conversation) => conversation(inside));
  vi.mocked(decider).mockResolvedValue({ asked: 'authorizer', log: [] });
  let renewals = 0;
  vi.mocked(renew).mockImplementation(async (_subject, _client, _username, { refresh }) => {
    renewals += 1;
    return { id: `${refresh} ${renewals}` };
  });
});
afterEach(() => vi.resetAllMocks());

/** Connects Ada to a room that rejects some tokens. */
function comes(isRejected: (token: string) => boolean) {
  vi.mocked(knockAt).mockImplementation(async (_inside, [caller]) => {
    const { kind, token = '' } = caller ?? { kind: 'nobody' };
    brought.push(token);
    return { knocks: [{ kind, status: isRejected(token) ? 403 : 101 }], conversation: [] } as never;
  });
  const tokens = { id: 'first', access: 'access', refresh: 'renewed' };
  const ada = { username: 'ada', tokens, signIn: async () => ({ id: 'new', access: 'access' }) };
  return comesIn({} as Subject, { room: { address: 'ws://room' } as Room, gate: {} as Gate }, {
    ada,
    client: {},
  } as unknown as Pick<Guests, 'ada' | 'client'>);
}

test('she connects with her ID token, and then with two renewed ones', async () => {
  expect(await comes(() => false)).toMatchObject({ status: 101, brings: 'a renewed ID token', log: [] });
  expect(brought).toEqual(['first', 'renewed 1', 'renewed 2']);
  expect(vi.mocked(keepToken).mock.calls).toEqual([[{}, 'first', expect.any(Number), 'used']]);
  expect(decider).not.toHaveBeenCalled();
});

test('if her ID token is rejected, she brings no other, and keeps none that was used', async () => {
  expect(await comes(() => true)).toMatchObject({ status: 403, brings: 'her ID token', asked: 'authorizer' });
  expect(brought).toEqual(['first']);
  expect(keepToken).not.toHaveBeenCalled();
});

test('renewal is to blame if a token of a new sign-in is admitted afterwards', async () => {
  expect(await comes((token) => token === 'renewed 2')).toMatchObject({ status: 403, brings: 'a renewed ID token' });
  expect(brought).toEqual(['first', 'renewed 1', 'renewed 2', 'new']);
});

test('it is not to blame if that one is rejected, too', async () => {
  expect(await comes((token) => token !== 'first')).toMatchObject({ status: 403, brings: 'a new ID token' });
  expect(brought).toEqual(['first', 'renewed 1', 'new']);
});

test('without renewed tokens, she was admitted once, and Cognito says why not again', async () => {
  vi.mocked(renew).mockResolvedValue({ refused: 'NotAuthorizedException: no' });
  expect(await comes(() => false)).toMatchObject({ status: 101, unrenewed: 'NotAuthorizedException: no' });
  expect(brought).toEqual(['first']);
});
