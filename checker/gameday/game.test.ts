import { describe, expect, test } from 'vitest';
import { complained, game, looked, minute, record, start } from '../../tests/checker/played-game.ts';
import { gameOf, nextHappening } from './game.ts';
import { inOneLine, newsSince } from './news.ts';
import type { Happened, Happening } from './record.ts';
import { pointsFor } from './score.ts';
import { complaintOf } from './the-game.ts';

test('a complaint that nobody has made is wrong usage, and a game without an open one is not', () => {
  const waiting = game([0, complained(1)]);
  expect(complaintOf(waiting, 1).number).toBe(1);
  expect(() => complaintOf(waiting, 99)).toThrow(expect.objectContaining({ exitCode: 2 }));
  expect(() => complaintOf(game(), undefined)).toThrow(expect.objectContaining({ exitCode: 3 }));
});

describe('the clock', () => {
  test('starts with the first look', () => {
    expect(gameOf([])).toBeUndefined();
    expect(gameOf(record().slice(0, 2))?.startedAt).toBeUndefined();
    expect(game()).toMatchObject({ startedAt: start, endsAt: start + 60 * minute });
  });

  test('the first complaint comes at once, the next when it is due', () => {
    const first = { happening: complained(1), at: start };
    expect(nextHappening(game(), start)).toEqual(first);
    const waiting = game([0, complained(1)]);
    expect(nextHappening(waiting, start + 9 * minute)).toBeUndefined();
    expect(nextHappening(waiting, start + 15 * minute)).toEqual({ happening: complained(2), at: start + 10 * minute });
  });

  test('the next complaint comes sooner if no other is open', () => {
    const quiet = game([0, complained(1)], [3, looked({ 'two-people-talk': 'passed' })]);
    expect(nextHappening(quiet, start + 4 * minute)).toEqual({ happening: complained(2), at: start + 4 * minute });
  });

  test('the game ends when the time is over, whenever that is noticed, and when everything is solved', () => {
    const over = { happening: { kind: 'ended', why: 'time is over' }, at: start + 60 * minute };
    expect(nextHappening(game(), start + 90 * minute)).toEqual(over);
    const solved = game(
      [0, complained(1)],
      [5, looked({ 'two-people-talk': 'passed', 'every-route-is-throttled': 'passed' })],
      [6, complained(2)],
      [7, { kind: 'answered', complaint: 2, notOurs: true }],
    );
    expect(nextHappening(solved, start + 8 * minute)).toEqual({
      happening: { kind: 'ended', why: 'all solved' },
      at: start + 8 * minute,
    });
  });
});

describe('the score', () => {
  test('a repair is worth less the longer people wait', () => {
    expect(pointsFor({ isOurs: true, waited: 0, hints: 0 })).toBe(100);
    expect(pointsFor({ isOurs: true, waited: 0.5, hints: 0 })).toBe(75);
    expect(pointsFor({ isOurs: true, waited: 1, hints: 0 })).toBe(50);
    expect(pointsFor({ isOurs: false, waited: 0, hints: 0 })).toBe(50);
  });

  test('hints cost points, and something is left of each repair', () => {
    expect(pointsFor({ isOurs: true, waited: 0, hints: 2 })).toBe(70);
    expect(pointsFor({ isOurs: true, waited: 1, hints: 3 })).toBe(10);
  });

  test('counts repairs and right answers', () => {
    const played = game(
      [0, complained(1)],
      [30, looked({ 'two-people-talk': 'passed' })],
      [30, complained(2)],
      [30, { kind: 'hinted', complaint: 2 }],
      [30, { kind: 'answered', complaint: 2, notOurs: true }],
    );
    expect(played.complaints.map(({ points }) => points)).toEqual([75, 35, 0]);
    expect(played).toMatchObject({ score: 110, of: 250 });
  });

  test('a repair before anyone complains is worth everything', () => {
    const early = game([0, complained(1)], [9, looked({ 'every-route-is-throttled': 'passed' })]);
    expect(early.complaints[2]).toMatchObject({ points: 100, closedAt: start + 9 * minute });
    expect(
      nextHappening(
        game([0, complained(1)], [9, looked({ 'every-route-is-throttled': 'passed' })], [10, complained(2)]),
        start + 40 * minute,
      ),
    ).toBeUndefined();
  });

  test('a wrong "not ours" costs points, and leaves the complaint open', () => {
    const wrong = game(
      [0, complained(1)],
      [1, { kind: 'answered', complaint: 1, notOurs: true }],
      [30, looked({ 'two-people-talk': 'passed' })],
    );
    expect(wrong).toMatchObject({ score: 50, wrongAnswers: [{ complaint: 1 }] });
    expect(wrong.complaints[0]?.closedAt).toBe(start + 30 * minute);
  });

  test('a deployment that breaks what worked costs once, however many checks fail', () => {
    const broke = game(
      [0, complained(1)],
      [1, { kind: 'deployed', changed: { 'labs/gameday/stack.ts': 'a' } }],
      [2, looked({ 'two-people-talk': 'passed', 'stranger-is-refused': 'failed' })],
      [3, looked({ 'two-people-talk': 'passed', 'stranger-is-refused': 'failed' })],
    );
    expect(broke.deployments.map((each) => each.broke)).toEqual([[], ['stranger-is-refused']]);
    expect(broke.score).toBe((broke.complaints[0]?.points ?? 0) - 20);
  });

  test('a check that is blocked in between counts as neither broken nor repaired', () => {
    const passing = game(
      [1, looked({ 'stranger-is-refused': 'blocked' })],
      [2, looked({ 'stranger-is-refused': 'passed' })],
    );
    expect(passing.deployments.flatMap((each) => each.broke)).toEqual([]);
    const failing = game(
      [1, looked({ 'stranger-is-refused': 'blocked' })],
      [2, looked({ 'stranger-is-refused': 'failed' })],
    );
    expect(failing.deployments.flatMap((each) => each.broke)).toEqual(['stranger-is-refused']);
  });

  test('is never below 0', () => {
    expect(game([0, complained(1)], [1, { kind: 'answered', complaint: 1, notOurs: true }]).score).toBe(0);
  });
});

test('a solved complaint that fails again is open again, and is counted from its beginning', () => {
  const again = game(
    [0, complained(1)],
    [6, looked({ 'two-people-talk': 'passed' })],
    [12, looked({})],
    [30, looked({ 'two-people-talk': 'passed' })],
  );
  expect(again.complaints[0]).toMatchObject({ closedAt: start + 30 * minute, points: 75 });
});

test('a check that something else fails, too, does not open the complaint that it identifies again', () => {
  const tooMuch: Happened = {
    kind: 'planned',
    format: 1,
    seed: 12,
    minutes: 60,
    complaints: [{ about: 'too-much', isOurs: true, due: 0 }],
    at: new Date(start).toISOString(),
  };
  const withoutRoute = { 'two-people-talk': 'failed', 'no-more-than-needed': 'failed' } as const;
  const [, ...happened] = record(
    [1, looked({ 'two-people-talk': 'passed', 'no-more-than-needed': 'failed' })],
    [2, looked({ 'two-people-talk': 'passed', 'no-more-than-needed': 'passed' })],
    [3, looked(withoutRoute)],
  );
  expect(gameOf([tooMuch, ...happened])?.complaints[0]).toMatchObject({ closedAt: start + 2 * minute });
  const [, ...back] = record(
    [2, looked({ 'two-people-talk': 'passed', 'no-more-than-needed': 'passed' })],
    [3, looked(withoutRoute)],
    [4, looked({ 'two-people-talk': 'passed', 'no-more-than-needed': 'failed' })],
  );
  expect(gameOf([tooMuch, ...back])?.complaints[0]).toMatchObject({ closedAt: undefined });
});

describe('a game in which the player broke something', () => {
  const solved = { 'two-people-talk': 'passed', 'every-route-is-throttled': 'passed' } as const;
  const broke: ReadonlyArray<readonly [number, Happening]> = [
    [0, complained(1)],
    [5, complained(2)],
    [6, { kind: 'answered', complaint: 2, notOurs: true }],
    [7, looked({ ...solved, 'stranger-is-refused': 'failed' })],
  ];

  test('does not end before that is repaired, and says why', () => {
    const now = game(...broke);
    expect(nextHappening(now, start + 8 * minute)).toBeUndefined();
    expect(newsSince(game(...broke.slice(0, -1)), now).map(inOneLine)).toContain(
      'Every complaint is solved, but these checks, which passed before, still fail: Strangers are still rejected.',
    );
    expect(newsSince(now, game(...broke, [8, looked({ ...solved, 'stranger-is-refused': 'blocked' })]))).toEqual([]);
    const repaired = game(...broke, [9, looked(solved)]);
    expect(nextHappening(repaired, start + 9 * minute)?.happening).toMatchObject({ why: 'all solved' });
  });

  test('ends when the time is over', () => {
    expect(nextHappening(game(...broke), start + 61 * minute)?.happening).toMatchObject({ why: 'time is over' });
  });
});

test('an answer after the end counts for nothing', () => {
  const late = game(
    [0, complained(1)],
    [5, complained(2)],
    [60, { kind: 'ended', why: 'time is over' }],
    [61, { kind: 'answered', complaint: 2, notOurs: true }],
  );
  expect(late).toMatchObject({ score: 0, ended: { why: 'time is over', at: start + 60 * minute } });
});

test('a deployment names the files that differ from the one before, also those that are back as they were', () => {
  const { deployments } = game(
    [1, { kind: 'deployed', changed: { 'labs/gameday/stack.ts': 'a' } }],
    [2, { kind: 'deployed', changed: { 'app/functions/room.ts': 'b' } }],
  );
  expect(deployments.map(({ files }) => files)).toEqual([
    [],
    ['gameday/labs/gameday/stack.ts'],
    ['gameday/app/functions/room.ts', 'gameday/labs/gameday/stack.ts'],
  ]);
});
