import { expect, test } from 'vitest';
import type { Target } from '../aws/target.ts';
import { observeEnd } from './account-end.ts';

const stackName = 'chat-01-missing-route';
const stack = { deployed: true, id: 'id', status: 'CREATE_COMPLETE', changedAt: 0 } as const;

const after = (send: () => Promise<unknown>) => {
  const target = { kind: 'practice', title: 'x', clients: { cloudformation: async () => ({ send }) } };
  return observeEnd({ target: target as unknown as Target, stack, stackName });
};
const rejecting = (error: Error) => after(() => Promise.reject(error));
const described = (StackStatus: string) => after(async () => ({ Stacks: [{ StackStatus, StackId: 'id' }] }));

test('an account that nothing answers for is gone', async () => {
  expect(await rejecting(Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }))).toEqual({ gone: 'account' });
});

test('an account that can no longer write says why', async () => {
  const failure = new Error('The practice account can no longer write its state: No space left on device.');
  expect(await rejecting(failure)).toMatchObject({ unusable: { reason: failure.message } });
});

test('an account that throttles, or has another problem, is still there', async () => {
  expect(await rejecting(Object.assign(new Error('slow down'), { name: 'ThrottlingException' }))).toBeUndefined();
  expect(await rejecting(new Error('fetch failed'))).toBeUndefined();
});

test('a stack that is being deleted is changing, and then gone', async () => {
  const changing = { reason: expect.stringMatching(/has been changing .*\(DELETE_IN_PROGRESS\)/) };
  expect(await described('DELETE_IN_PROGRESS')).toMatchObject({ changing });
  expect(await described('DELETE_COMPLETE')).toEqual({ gone: 'stack' });
  expect(await rejecting(new Error(`Stack with id ${stackName} does not exist`))).toEqual({ gone: 'stack' });
});

test.each(['CREATE_COMPLETE', 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS'])(
  'a stack that is %s is as before',
  async (status) => {
    expect(await described(status)).toBeUndefined();
  },
);
