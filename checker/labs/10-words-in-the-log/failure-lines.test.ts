import { expect, test } from 'vitest';
import { failuresIn, tellsOfFailure } from './failure-lines.ts';

const printed = (level: string, text: string) => `2026-11-28T02:20:11.123Z\t5d1c6b1e\t${level}\t${text}`;

test.each([
  [printed('ERROR', 'Invoke Error \t{"errorType":"BadRequestException","errorMessage":"Invalid connectionId"}')],
  ['{"timestamp":"2026-11-28T02:20:11Z","level":"ERROR","errorType":"BadRequestException","message":"x"}'],
  [printed('INFO', '{"delivered":2,"failed":1}')],
  [printed('WARN', 'could not post to M1xB2, status: 400')],
  [printed('INFO', '{"delivered":2,"undelivered":1}')],
])('%s tells of a failure', (line) => {
  expect(tellsOfFailure(line)).toBe(true);
});

test.each([
  [
    'REPORT RequestId: 5d1c6b1e-0000-4000-8000-000000000000\tDuration: 1.00 ms\tStatus: error\tError Type: BadRequestException\t',
  ],
  ['{"time":"2026-11-28T02:20:11Z","type":"platform.report","record":{"requestId":"5d1c","status":"failure"}}'],
  [printed('INFO', '{"delivered":3,"failed":0,"errors":[]}')],
  [printed('INFO', '{"messageId":"M1xB2dPGwIdDabc=","bytes":112}')],
])('%s does not', (line) => {
  expect(tellsOfFailure(line)).toBe(false);
});

test('a line that a delivered message left, too, reports no failure', () => {
  const constant = (id: string) =>
    printed('INFO', `Errors of ${id} are counted elsewhere, bytes: ${10 + id.charCodeAt(0)}`);
  expect(failuresIn([constant('M1xB2dPGwIdDabc=')], [constant('L0SM9cOFvHcCabc=')])).toEqual([]);
  const counted = (failed: number) => printed('INFO', `{"delivered":${3 - failed},"failed":${failed}}`);
  expect(failuresIn([counted(1)], [counted(0)])).toEqual([counted(1)]);
});
