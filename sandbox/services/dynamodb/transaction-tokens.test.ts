import { expect, it } from 'vitest';
import { TransactionTokens } from './transaction-tokens.ts';

const MINUTE = 60_000;

function tokensOf(stored: Array<[string, unknown]> = [], deleted: object[] = []) {
  const db = {
    iterator: () => ({ all: async () => stored }),
    batch: async (changes: readonly object[]) => deleted.push(...changes),
  };
  const tokens = new TransactionTokens(db);
  return (
    token: string,
    now: number,
    digest = 'same',
    run = async (changes: readonly object[]): Promise<unknown> => changes,
  ) => tokens.once({ token, digest, now }, { run, again: async () => 'again' });
}

it('keeps a token for ten minutes', async () => {
  const once = tokensOf();
  const put = (at: number) => [{ type: 'put', key: 'transaction~a', value: { at, digest: 'same' } }];
  expect(await once('a', 0)).toEqual(put(0));
  expect(await once('a', 10 * MINUTE - 1)).toBe('again');
  await expect(once('a', 10 * MINUTE - 1, 'other')).rejects.toMatchObject({
    code: 'IdempotentParameterMismatchException',
  });
  expect(await once('a', 10 * MINUTE)).toEqual(put(10 * MINUTE));
  expect(await once('a', 11 * MINUTE)).toBe('again');
});

it('knows the tokens that are stored, and deletes those that have expired', async () => {
  const at = (time: number) => ({ at: time, digest: 'same' });
  const deleted: object[] = [];
  const once = tokensOf(
    [
      ['transaction~new', at(5 * MINUTE)],
      ['transaction~old', at(0)],
    ],
    deleted,
  );
  expect(await once('new', 11 * MINUTE)).toBe('again');
  expect(await once('old', 11 * MINUTE)).not.toBe('again');
  expect(deleted).toEqual([{ type: 'del', key: 'transaction~old' }]);
});

it('rejects a token of a transaction that is still running, and forgets one that failed', async () => {
  const once = tokensOf();
  const fails = async () => Promise.reject(new Error('cancelled'));
  const first = once('a', 0, 'same', fails);
  await expect(once('a', 0, 'same', fails)).rejects.toMatchObject({ code: 'TransactionInProgressException' });
  await expect(first).rejects.toThrow('cancelled');
  expect(await once('a', 0)).not.toBe('again');
});
