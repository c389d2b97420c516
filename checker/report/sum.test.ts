import { expect, test } from 'vitest';
import type { Result, Verdict } from '../checking/result.ts';
import { sumInWords } from './sum.ts';

function verdict(status: Verdict['status'], ...checks: Result[]): Verdict {
  return { lab: '01-x', title: 'X', status, checks, target: { kind: 'practice', title: 'here', region: 'us-east-1' } };
}

test('labs are counted by their outcome', () => {
  expect(sumInWords([verdict('fixed'), verdict('broken'), verdict('fixed')])).toBe(
    'Of 3 labs: 2 fixed, 1 could not be checked.',
  );
});

test('an undecided check is reported as nobody’s mistake, with when to look again', () => {
  const docs = { lab: '', aws: '' };
  const until = new Date(2026, 10, 24, 14, 5, 9).toISOString();
  const waits: Result = { id: 'x', title: '', expected: '', docs, duration: 0, status: 'pending', until, reason: '' };
  expect(sumInWords([verdict('fixed'), verdict('pending', waits)])).toBe(
    "Of 2 labs: 1 fixed, 1 not decided yet. Undecided labs are nobody's mistake, and make this exit with 3. Check again after 14:05:09.",
  );
});
