import { expect, test } from 'vitest';
import type { Drift, Result, Verdict } from './result.ts';
import { withDrift } from './verdict.ts';

const gone: Drift = { kind: 'gone', changes: [], gone: ['AWS::DynamoDB::Table Connections'] };
const base = { id: 'a', title: 'a', expected: 'it is so', duration: 0, docs: { lab: '', aws: '' } };
const failure = { status: 'broken', reason: 'why', next: 'what to do' } as const;

function verdict(status: Verdict['status'], ...checks: Result[]): Verdict {
  const target = { kind: 'practice', title: 'the practice account', region: 'us-east-1' } as const;
  return { lab: '01', title: 'a lab', status, checks, target };
}

test('stays "could not look" although something that nobody looked for is gone', () => {
  const { status, remark, drift } = withDrift(verdict('broken', { ...base, ...failure }), gone, 'it was deleted');
  expect(status).toBe('broken');
  expect([remark, drift]).toEqual(['it was deleted', gone]);
});

test('is "not fixed" if the thing that a check looked for is gone', () => {
  const seen = withDrift(verdict('broken', { ...base, ...failure, notFound: true }), gone, 'it was deleted');
  expect(seen.status).toBe('not fixed');
});

test('stays "not fixed" if one check failed and another could not look', () => {
  const failed = { ...base, status: 'failed', actual: 'it is not', evidence: [] } as const;
  const seen = withDrift(verdict('not fixed', failed, { ...base, ...failure }), gone, 'it was deleted');
  expect(seen.status).toBe('not fixed');
});
