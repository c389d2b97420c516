import { expect, test } from 'vitest';
import { complained, game, looked, minute, record, start } from '../../tests/checker/played-game.ts';
import { checks } from './checks.ts';
import { inOneLine, newsSince } from './news.ts';
import { timelineOf } from './timeline.ts';

test('news says who complains, and what is solved, with the points', () => {
  const before = game([0, complained(1)]);
  const after = game(
    [0, complained(1)],
    [30, looked({ 'two-people-talk': 'passed', 'every-route-is-throttled': 'passed' })],
    [30, complained(2)],
  );
  expect(newsSince(game(), before).map(inOneLine)).toEqual([expect.stringMatching(/^Complaint 1, from Ada: “/)]);
  expect(newsSince(before, after).map(inOneLine)).toEqual([
    'Complaint 1 is solved (+75).',
    expect.stringMatching(/^Complaint 2, from Edsger: “/),
    'Something is repaired that nobody has complained about yet (+100).',
  ]);
  expect(newsSince(after, after)).toEqual([]);
});

test('the timeline has everything in order, including things that broke and were repaired', () => {
  const moments = timelineOf(
    record(
      [0, complained(1)],
      [2, { kind: 'hinted', complaint: 1 }],
      [5, { kind: 'deployed', changed: { 'labs/gameday/stack.ts': 'a' } }],
      [6, looked({ 'two-people-talk': 'passed' })],
      [8, { kind: 'deployed', changed: { 'labs/gameday/stack.ts': 'b' } }],
      [9, looked({ 'two-people-talk': 'failed' })],
      [9, { kind: 'ended', why: 'ended early' }],
    ),
  );
  expect(moments.map(({ text }) => text)).toEqual([
    'The room is deployed. The clock starts.',
    'Complaint 1, from Ada.',
    'A hint for complaint 1.',
    'Deployed gameday/labs/gameday/stack.ts.',
    'Complaint 1 is solved (+80).',
    'Deployed gameday/labs/gameday/stack.ts.',
    'That broke something that worked (-20).',
    'Complaint 1 is open again.',
    `Broken: ${checks.find(({ id }) => id === 'two-people-talk')?.title}.`,
    'The game was ended early.',
  ]);
  expect(moments.at(-1)?.at).toBe(start + 9 * minute);
});
