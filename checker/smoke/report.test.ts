import { expect, it } from 'vitest';
import { smokeReport } from './report.ts';

const token = `eyJ${'a'.repeat(20)}.${'b'.repeat(20)}.${'c'.repeat(20)}`;
const secrets = ['444455556666', '123456789012', 'AKIAIOSFODNN7EXAMPLE', token, 'hunter2secret'];

it('contains no account id, key, token or password', () => {
  const error = `arn:aws:iam::444455556666:role/x as cdk-123456789012-a, AKIAIOSFODNN7EXAMPLE ${token} Password=hunter2secret`;
  const report = smokeReport({
    title: 'AWS account 444455556666 in eu-central-1',
    began: new Date('2026-11-27T12:00:00Z'),
    isInterrupted: false,
    steps: [{ lab: '01-missing-route', name: 'deploy start', seconds: 1, isAsExpected: false, seen: [error] }],
    answers: [{ call: 'GetApi', duration: 12, tries: 1, codes: ['OddException'], error }],
  });
  for (const secret of secrets) expect(report).not.toContain(secret);
  expect(report).toContain('# Smoke test of AWS account <account> in eu-central-1');
  expect(report).toContain('| 01-missing-route | deploy start | 1.0 | no |');
  expect(report).toContain('- error: GetApi: OddException: arn:aws:iam::<account>:role/x');
  expect(report).toContain('| GetApi | 1 | 12 | 12 | 1 |');
});
