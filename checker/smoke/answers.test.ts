import { expect, it } from 'vitest';
import { type Answer, surprisesIn } from './answers.ts';

const fine: Answer = { call: 'GetApi', duration: 20, tries: 1, codes: [] };
const failed = (call: string, code: string, error = 'No.'): Answer => ({ ...fine, call, codes: [code], error });

it('is not surprised by answers that the checker expects', () => {
  expect(surprisesIn([fine, failed('DescribeStacks', 'ValidationError')])).toEqual([]);
});

it('reports an error code that the call never had, once, with its number', () => {
  const odd = failed('GetApi', 'OddException', 'Strange.');
  expect(surprisesIn([odd, odd])).toEqual([{ kind: 'error', text: 'GetApi: OddException: Strange. (2 times)' }]);
});

it('reports throttles, including those of calls that succeed on the second try', () => {
  const throttled = { ...fine, tries: 2, codes: ['TooManyRequestsException'] };
  expect(surprisesIn([throttled])).toEqual([{ kind: 'throttled', text: 'GetApi: TooManyRequestsException' }]);
});

it('reports other retries, slow calls and answers without their members', () => {
  const retried = { ...fine, tries: 3, codes: ['TimeoutError', 'TimeoutError'] };
  const kinds = surprisesIn([retried, { ...fine, duration: 6_000 }, failed('GetApi', 'NotFromAwsError')]);
  expect(kinds.map(({ kind }) => kind)).toEqual(['retried', 'slow', 'not an answer']);
});
