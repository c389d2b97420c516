import { expect, test } from 'vitest';
import { stuckStack } from './stuck-stack.ts';

const said = (status: string) =>
  `❌ chat failed\n‣ ValidationError: Stack:arn:aws:cloudformation:us-east-1:1:stack/chat/7 is in ${status} state and can not be updated.\n`;

test('says how to go on after a failed rollback', () => {
  const error = stuckStack(said('UPDATE_ROLLBACK_FAILED'), '08-open-sign-up');
  expect(error?.message).toBe(
    "The deployment of 08-open-sign-up failed: an earlier one failed, and so did its rollback (UPDATE_ROLLBACK_FAILED). CloudFormation can't update such a stack.",
  );
  expect(error?.next).toBe('Create it again: `npx lab destroy 08`, then `npx lab deploy 08`.');
});

test.each(['ROLLBACK_FAILED', 'UPDATE_ROLLBACK_FAILED'])(
  'says what failed, and that the stack must be created again: %s',
  (status) => {
    expect(stuckStack(said(status), '08-open-sign-up')?.message).toContain(`so did its rollback (${status}).`);
  },
);

test('says that a deletion failed', () => {
  const error = stuckStack(said('DELETE_FAILED'), '08-open-sign-up');
  expect(error?.message).toBe(
    "The deployment of 08-open-sign-up failed: an earlier deletion of its stack failed (DELETE_FAILED). CloudFormation can't update such a stack.",
  );
  expect(error?.next).toBe('Create it again: `npx lab destroy 08`, then `npx lab deploy 08`.');
});

test('says nothing about a rollback after any other failure', () => {
  expect(stuckStack(said('UPDATE_FAILED'), '08-open-sign-up')?.message).toContain(
    'an earlier one failed (UPDATE_FAILED).',
  );
});

test('is not about a stack that is changing', () => {
  expect(stuckStack(said('UPDATE_IN_PROGRESS'), '08-open-sign-up')).toBeUndefined();
});
