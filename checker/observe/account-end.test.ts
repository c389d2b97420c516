import { expect, test } from 'vitest';
import type { Target } from '../aws/target.ts';
import { observeEnd } from './account-end.ts';

const seen = (error: Error) => {
  const client = { send: () => Promise.reject(error) };
  const target = { kind: 'practice', title: 'the practice account', clients: { cloudformation: async () => client } };
  return observeEnd({ target: target as unknown as Target, stackName: 'chat-01-missing-route' });
};

test('an account that nothing answers for has ended', async () => {
  expect(await seen(Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }))).toBe('ended');
});

test('an account that can no longer write says why', async () => {
  const failure = new Error('The practice account can no longer write its state: No space left on device.');
  expect(await seen(failure)).toMatchObject({ reason: failure.message });
});

test('an account that throttles, or has another problem, is still there', async () => {
  expect(await seen(Object.assign(new Error('slow down'), { name: 'ThrottlingException' }))).toBeUndefined();
  expect(await seen(new Error('Stack with id chat-01-missing-route does not exist'))).toBeUndefined();
});
