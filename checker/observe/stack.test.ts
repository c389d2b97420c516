import type { StackStatus } from '@aws-sdk/client-cloudformation';
import { describe, expect, test } from 'vitest';
import { neverUp, stateOf } from './stack.ts';

const stack = (StackStatus: StackStatus) => ({
  StackName: 'chat',
  StackId: 'arn:chat',
  StackStatus,
  CreationTime: new Date(1000),
});

describe("the meaning of a stack's status", () => {
  test.each(['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE'] as const)('%s: deployed', (status) => {
    expect(stateOf(stack(status), 'chat')).toEqual({ deployed: true, id: 'arn:chat', status, changedAt: 1000 });
  });

  test.each(['REVIEW_IN_PROGRESS', 'DELETE_COMPLETE'] as const)('%s: not deployed', (status) => {
    expect(stateOf(stack(status), 'chat').deployed).toBe(false);
  });

  test('no stack: not deployed', () => {
    expect(stateOf(undefined, 'chat')).toEqual({ deployed: false, reason: 'There is no stack chat.' });
  });

  test.each(['CREATE_IN_PROGRESS', 'UPDATE_IN_PROGRESS', 'DELETE_IN_PROGRESS'] as const)(
    '%s: cannot look',
    (status) => {
      expect(() => stateOf(stack(status), 'chat')).toThrow(/has been changing (since \d\d:\d\d:\d\d|just now)/);
    },
  );

  test.each([
    ['UPDATE_ROLLBACK_FAILED', 'Create it again: `npx lab destroy 08`, then `npx lab deploy 08`.'],
    ['DELETE_FAILED', 'Create it again: `npx lab destroy 08`, then `npx lab deploy 08`.'],
    [
      'UPDATE_FAILED',
      'Deploy it again. If that fails, create it again: `npx lab destroy 08`, then `npx lab deploy 08`.',
    ],
  ] as const)('%s: cannot look', (status, next) => {
    // CloudFormation's reason ends with a space.
    const stuck = { ...stack(status), StackStatusReason: 'The following resource(s) failed to update: [Users]. ' };
    const message = `The stack chat-08-open-sign-up is stuck half deployed (${status}). The following resource(s) failed to update: [Users].`;
    expect(() => stateOf(stuck, 'chat-08-open-sign-up')).toThrow(expect.objectContaining({ message, next }));
  });
});

describe('a stack that was never created completely', () => {
  const failure = { cause: { logicalId: 'Bad', type: 'AWS::ApiGatewayV2::Route', reason: 'No such integration.' } };
  const paths = new Map([['Bad', 'chat/Bad']]);

  test('says why, and where', () => {
    expect(neverUp(stack('ROLLBACK_COMPLETE'), 'chat', failure, paths)).toEqual({
      deployed: false,
      reason:
        'The stack chat was never created: its first deployment failed, and was rolled back. It failed at chat/Bad (AWS::ApiGatewayV2::Route): No such integration.',
      failed: { isUndone: true, at: 'Bad' },
    });
  });

  test('may exist in part', () => {
    const state = neverUp(stack('ROLLBACK_FAILED'), 'chat', failure, paths);
    expect(state).toMatchObject({ reason: expect.stringContaining("n't be rolled back completely (ROLLBACK_FAILED)") });
    expect(state).toMatchObject({ failed: { isUndone: false } });
  });

  test('may only have been interrupted', () => {
    const rolledBack = 'The practice account ended during this operation. ';
    const state = neverUp(stack('ROLLBACK_COMPLETE'), 'chat', { rolledBack }, new Map());
    expect(state).toEqual({
      deployed: false,
      reason: 'The first deployment of chat was interrupted and was rolled back.',
    });
  });

  test("gives CloudFormation's own words if the events are gone", () => {
    const rolledBack = 'The following resource(s) failed to create: [Bad].';
    const state = neverUp(stack('ROLLBACK_COMPLETE'), 'chat', { rolledBack }, new Map());
    expect(state).toMatchObject({ reason: expect.stringContaining(`was rolled back. ${rolledBack}`) });
  });
});
