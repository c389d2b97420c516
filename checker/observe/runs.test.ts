import { expect, test } from 'vitest';
import { runsIn } from './runs.ts';

const report = (id: string, status = '') => `REPORT RequestId: ${id}\tDuration: 10000.00 ms${status}`;

test('counts runs that end, time out or continue', () => {
  const lines = ['a-1', 'b-2', 'c-3'].map((id) => `START RequestId: ${id} Version: $LATEST`);
  const runs = runsIn([...lines, 'hello', report('a-1'), report('b-2', '\tStatus: timeout')]);
  expect(runs).toEqual({ started: 3, ended: 2, timedOut: 1 });
});

test('counts the lines of a function that logs in JSON', () => {
  const line = (type: string, record: object) => JSON.stringify({ time: '2026-11-30T06:00:00Z', type, record });
  const start = line('platform.start', { requestId: 'a-1', version: '$LATEST' });
  const end = line('platform.report', { requestId: 'a-1', status: 'timeout' });
  expect(runsIn([start, end])).toEqual({ started: 1, ended: 1, timedOut: 1 });
});

test('leaves out a run that had started before', () => {
  const lines = [report('z-9', '\tStatus: timeout'), 'START RequestId: a-1 Version: $LATEST', report('a-1')];
  expect(runsIn(lines)).toEqual({ started: 1, ended: 1, timedOut: 0 });
});
