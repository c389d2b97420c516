import { expect, test } from 'vitest';
import { type Entry, inTurn, type Turns } from './comes-in.ts';

/** Connects Ada to a room that rejects some tokens. */
async function comes(isRejected: (token: string) => boolean, more: Partial<Turns> = {}) {
  const turns: string[] = [];
  const knock = async (brings: Entry['brings'], token: string): Promise<Entry> => {
    turns.push(token);
    return { status: isRejected(token) ? 403 : 101, brings, since: 0, log: [], conversation: [] };
  };
  const entry = await inTurn(knock, {
    first: 'first',
    admitted: async () => void turns.push('kept'),
    renewed: async () => [{ id: 'renewed 1' }, { id: 'renewed 2' }],
    another: async () => 'new',
    ...more,
  });
  return { entry, turns };
}

test('she connects with her ID token, and then with two renewed ones', async () => {
  const { entry, turns } = await comes(() => false);
  expect(entry).toMatchObject({ status: 101, brings: 'a renewed ID token' });
  expect(turns).toEqual(['first', 'kept', 'renewed 1', 'renewed 2']);
});

test('if her ID token is rejected, she brings no other, and keeps none as used', async () => {
  const { entry, turns } = await comes(() => true);
  expect(entry).toMatchObject({ status: 403, brings: 'her ID token' });
  expect(turns).toEqual(['first']);
});

test('renewal is to blame if a token of a new sign-in is admitted afterwards', async () => {
  const { entry, turns } = await comes((token) => token === 'renewed 2');
  expect(entry).toMatchObject({ status: 403, brings: 'a renewed ID token' });
  expect(turns).toEqual(['first', 'kept', 'renewed 1', 'renewed 2', 'new']);
});

test('it is not to blame if that one is rejected, too', async () => {
  const { entry, turns } = await comes((token) => token !== 'first');
  expect(entry).toMatchObject({ status: 403, brings: 'a new ID token' });
  expect(turns).toEqual(['first', 'kept', 'renewed 1', 'new']);
});

test('without renewed tokens, she was admitted once, and Cognito says why not again', async () => {
  const { entry, turns } = await comes(() => false, { renewed: async () => [{ refused: 'no' }] });
  expect(entry).toMatchObject({ status: 101, brings: 'her ID token', unrenewed: 'no' });
  expect(turns).toEqual(['first', 'kept']);
});
