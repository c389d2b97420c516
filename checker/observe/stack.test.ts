import type { StackStatus } from '@aws-sdk/client-cloudformation';
import { describe, expect, test } from 'vitest';
import { stateOf } from './stack.ts';

const stack = (StackStatus: StackStatus) => ({
  StackName: 'chat',
  StackId: 'arn:chat',
  StackStatus,
  CreationTime: new Date(1000),
});

describe('what a stack’s status means', () => {
  test.each(['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE'] as const)('%s: deployed', (status) => {
    expect(stateOf(stack(status), 'chat')).toEqual({ deployed: true, id: 'arn:chat', status, changedAt: 1000 });
  });

  test.each(['REVIEW_IN_PROGRESS', 'ROLLBACK_COMPLETE', 'DELETE_COMPLETE'] as const)('%s: not deployed', (status) => {
    expect(stateOf(stack(status), 'chat').deployed).toBe(false);
  });

  test('no stack: not deployed', () => {
    expect(stateOf(undefined, 'chat')).toEqual({ deployed: false, reason: 'There is no stack chat.' });
  });

  test.each(['CREATE_IN_PROGRESS', 'UPDATE_IN_PROGRESS', 'DELETE_IN_PROGRESS'] as const)(
    '%s: cannot look',
    (status) => {
      expect(() => stateOf(stack(status), 'chat')).toThrow(/is being changed (since \d\d:\d\d:\d\d|at this moment)/);
    },
  );

  test.each(['UPDATE_ROLLBACK_FAILED', 'DELETE_FAILED'] as const)('%s: cannot look', (status) => {
    expect(() => stateOf(stack(status), 'chat')).toThrow('stuck half deployed');
  });
});
