import { expect, test } from 'vitest';
import { telling } from './observe-refusals.ts';

test('a log is summarized by its last errors, each once, without stack traces', () => {
  const thrown = (message: string) =>
    `2026-11-24T02:42:34.158Z\tf4f9107f\tERROR\tInvoke Error\t${JSON.stringify({ errorType: 'Error', errorMessage: message, stack: [message, 'at x'] })}`;
  expect(telling([thrown('Invalid signature'), thrown('Invalid signature'), 'INFO\tgot one'])).toEqual([
    'Error: Invalid signature',
    'INFO\tgot one',
  ]);
  const inJson = { level: 'ERROR', message: { errorType: 'Error', errorMessage: 'Expired', stackTrace: ['at x'] } };
  expect(telling([JSON.stringify(inJson)])).toEqual(['Error: Expired']);
  expect(telling(['1', '2', '3', '4', '5'])).toEqual(['2', '3', '4', '5']);
});
