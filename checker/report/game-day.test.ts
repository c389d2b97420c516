import { expect, test } from 'vitest';
import type { GameDocument } from '../gameday/document.ts';
import type { GameReport } from '../gameday/report.ts';
import { renderGame, renderGameReport } from './game-day.ts';
import { renderGameHtml } from './game-day-html.ts';
import { timeOf } from './words.ts';

const at = (minute: number) => new Date(Date.parse('2026-11-28T10:00:00.000Z') + minute * 60_000).toISOString();

const game: GameDocument = {
  seed: 7,
  minutes: 60,
  startedAt: at(0),
  endsAt: at(60),
  endedAt: null,
  score: 85,
  of: 400,
  complaints: [
    { number: 1, from: 'Ada', complaint: 'It is gone.', since: at(0), state: 'solved', solvedAt: at(5), hints: 1 },
    { number: 2, from: 'Ken', complaint: 'I cannot <get> in.', since: at(6), state: 'open', solvedAt: null, hints: 2 },
  ],
  moreToCome: true,
  broken: [],
  deployments: [
    { at: at(-1), files: [], broke: false },
    { at: at(4), files: ['gameday/labs/gameday/stack.ts'], broke: true },
  ],
};

const complaint = { number: 2, from: 'Ken', complaint: 'I cannot <get> in.', openedAt: at(6), hints: 2, patch: [] };
const report: GameReport = {
  schema: 1,
  seed: 7,
  minutes: 60,
  startedAt: at(0),
  endedAt: at(9),
  why: 'ended early',
  score: 85,
  of: 400,
  complaints: [
    {
      ...complaint,
      about: 'not-live',
      isOurs: true,
      solvedAt: null,
      points: 0,
      cause: '`autoDeploy` is off.',
      look: 'Look at the stage.',
      file: 'gameday/labs/gameday/stack.ts',
      line: 99,
      patch: ['-  autoDeploy: false,', '+  autoDeploy: true,'],
    },
  ],
  broken: ['Every route is <throttled>'],
  timeline: [{ at: at(6), text: 'Complaint 2, from Ken.' }],
};

test('the state of a game has the open complaints, since when, and what was deployed', () => {
  expect(renderGame(game, Date.parse(at(10)), 80)).toEqual([
    'Game day, seed 7: 50 minutes left, 85 of 400 points so far',
    '',
    `✗ 2. Ken, since ${timeOf(at(6))}, 2 hints taken: “I cannot <get> in.”`,
    `✓ 1. Ada, solved at ${timeOf(at(5))}`,
    '',
    `· ${timeOf(at(4))} deployed gameday/labs/gameday/stack.ts, which broke something that`,
    '  worked',
  ]);
});

test('a game that only goes on because of what the player broke says so', () => {
  const broken = { ...game, complaints: [], moreToCome: false, broken: ['Every log expires'] };
  expect(renderGame(broken, Date.parse(at(10)), 80)).toEqual(
    expect.arrayContaining([
      'Nobody is complaining.',
      'These checks passed before, and still fail: Every log expires.',
    ]),
  );
});

test.each([40, 80])('a game and its report fit into %d columns', (columns) => {
  const lines = [...renderGame(game, Date.parse(at(10)), columns), ...renderGameReport(report, columns)];
  expect(lines.filter((line) => [...line].length > columns)).toEqual([]);
});

test('a game that waits for its room says so, and one that is over too', () => {
  expect(renderGame({ ...game, endsAt: null }, 0, 80)[0]).toBe('Game day, seed 7: the room is being deployed');
  expect(renderGame({ ...game, endedAt: at(9) }, 0, 80)[0]).toBe('Game day, seed 7: over, 85 of 400 points');
});

test('the report has timeline, outcome, cause, line and where to look', () => {
  const lines = renderGameReport(report, 80);
  expect(lines).toContain(`· ${timeOf(at(6))} Complaint 2, from Ken.`);
  expect(lines).toContain('✗ 2. Ken: not solved, 2 hints');
  expect(lines).toContain('  cause     `autoDeploy` is off.');
  expect(lines).toContain('  line      gameday/labs/gameday/stack.ts:99 when the game began');
  expect(lines).toContain('  look      Look at the stage.');
  expect(lines.slice(-2)).toEqual(['', '✗ Still broken at the end: Every route is <throttled>']);
});

test('the page of a report shows what people say as text', () => {
  const page = renderGameHtml(report);
  expect(page).toContain('I cannot &lt;get&gt; in.');
  expect(page).toContain('<code>autoDeploy</code> is off.');
  expect(page).toContain('+  autoDeploy: true,');
  expect(page).toContain('Still broken at the end: Every route is &lt;throttled&gt;');
  expect(page).not.toContain('<get>');
});
