import { expect, it } from 'vitest';
import type { VersionRecord } from '../records.ts';
import { InvocationLog } from './invocation-log.ts';

const place = { accountId: '111122223333', region: 'us-east-1', functionName: 'f' };
const version = {
  Version: '$LATEST',
  LoggingConfig: { LogFormat: 'Text', LogGroup: '/aws/lambda/f' },
} as VersionRecord;

function logOf() {
  const clock = { now: () => new Date(0) };
  return new InvocationLog({ logs: { write: () => {} } as never, clock }, place, version, 'stream', () => true);
}

it('keeps the last 4096 bytes of an invocation, however much it prints', () => {
  const log = logOf();
  log.start('1');
  log.text('a line\n'.repeat(300_000));
  log.event('ü'.repeat(5000));
  log.event('the last');
  const tail = log.tail();
  expect(tail).toMatch(/ü\nthe last\n$/);
  expect(Buffer.byteLength(tail)).toBeLessThanOrEqual(4096 + 2);
  expect(Buffer.byteLength(tail)).toBeGreaterThan(4090);
});

it('starts fresh with each invocation', () => {
  const log = logOf();
  log.start('1');
  log.event('of the first');
  log.start('2');
  log.event('of the second');
  expect(log.tail()).toBe('START RequestId: 2 Version: $LATEST\nof the second\n');
});
