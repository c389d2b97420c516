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

test('is not about a stack that is changing', () => {
  expect(stuckStack(said('UPDATE_IN_PROGRESS'), '08-open-sign-up')).toBeUndefined();
});
