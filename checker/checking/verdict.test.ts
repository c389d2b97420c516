import { expect, test } from 'vitest';
import type { Drift, Result, Verdict } from './result.ts';
import { withDrift, withFileError } from './verdict.ts';

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

test.each<[string, Verdict['status'], string, object]>([
  ['the compiler names it', 'not deployed', 'labs/01/stack.ts:60:7 TS2551: Property no.', { line: 60 }],
  ['the program throws there', 'not deployed', 'Error: no.\n  at labs/01/stack.ts:61', { line: 61 }],
  ['unless it names no line', 'not deployed', 'Error: no.', { line: 13 }],
  ['unless there is a room to look at', 'not fixed', 'labs/01/stack.ts:60:7 TS2551: Property no.', { line: 13 }],
])('points at the line that keeps the files from being deployed: %s', (_, status, error, place) => {
  const file = 'labs/01/stack.ts';
  const failed = { ...base, status: 'failed', actual: 'it is not', evidence: [], place: { file, line: 13 } } as const;
  const { checks } = withFileError(verdict(status, failed), `It fails:\n  ${error}`);
  expect(checks).toMatchObject([{ place: { file, ...place } }]);
});
