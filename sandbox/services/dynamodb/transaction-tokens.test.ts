import { expect, it } from 'vitest';
import { TransactionTokens } from './transaction-tokens.ts';

const MINUTE = 60_000;

function tokensOf(stored: Array<[string, unknown]> = []) {
  const tokens = new TransactionTokens({ iterator: () => ({ all: async () => stored }) });
  return (
    token: string,
    now: number,
    digest = 'same',
    run = async (changes: readonly object[]): Promise<unknown> => changes,
  ) => tokens.once({ token, digest, now }, { run, again: async () => 'again' });
}

const put = (token: string, at: number) => ({
  type: 'put',
  key: `transaction~${token}`,
  value: { at, digest: 'same' },
});
const deletion = (token: string) => ({ type: 'del', key: `transaction~${token}` });

it('keeps a token for ten minutes', async () => {
  const once = tokensOf();
  expect(await once('a', 0)).toEqual([put('a', 0)]);
  expect(await once('a', 10 * MINUTE - 1)).toBe('again');
  await expect(once('a', 10 * MINUTE - 1, 'other')).rejects.toMatchObject({
    code: 'IdempotentParameterMismatchException',
  });
  expect(await once('a', 10 * MINUTE)).toEqual([put('a', 10 * MINUTE)]);
  expect(await once('a', 11 * MINUTE)).toBe('again');
});

it('deletes expired tokens together with the next change', async () => {
  const once = tokensOf();
  await once('a', 0);
  await once('b', MINUTE);
  const fails = async () => Promise.reject(new Error('cancelled'));
  await expect(once('c', 10 * MINUTE, 'same', fails)).rejects.toThrow('cancelled');
  expect(await once('d', 10 * MINUTE)).toEqual([deletion('a'), put('d', 10 * MINUTE)]);
  expect(await once('e', 11 * MINUTE)).toEqual([deletion('b'), put('e', 11 * MINUTE)]);
});

it('knows the tokens that are stored', async () => {
  const at = (time: number) => ({ at: time, digest: 'same' });
  const once = tokensOf([
    ['transaction~new', at(5 * MINUTE)],
    ['transaction~old', at(0)],
    ['transaction~older', at(-MINUTE)],
  ]);
  expect(await once('new', 11 * MINUTE)).toBe('again');
  expect(await once('old', 11 * MINUTE)).toEqual([deletion('older'), put('old', 11 * MINUTE)]);
});

it('rejects a token of a transaction that is still running, and forgets one that failed', async () => {
  const once = tokensOf();
  const fails = async () => Promise.reject(new Error('cancelled'));
  const first = once('a', 0, 'same', fails);
  await expect(once('a', 0, 'same', fails)).rejects.toMatchObject({ code: 'TransactionInProgressException' });
  await expect(first).rejects.toThrow('cancelled');
  expect(await once('a', 0)).not.toBe('again');
});
