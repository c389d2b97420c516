import chalk from 'chalk';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Verdict } from '../../checker/checking/result.ts';
import { renderOnScreen } from '../../checker/report/terminal.ts';
import { actualOf, placeOf } from '../../checker/report/words.ts';
import { labs } from '../../checker/workshop/labs.ts';
import { failedVerdict } from './failed-verdict.ts';
import { states } from './states.ts';

beforeAll(() => {
  chalk.level = 0;
});

const checksByLab = (
  await Promise.all(
    labs.map(async (lab) =>
      (await lab.load()).checks.map((check) => [{ id: lab.id, title: lab.title }, check] as const),
    ),
  )
).flat();
const [first] = checksByLab;
if (first === undefined) throw new Error('There is no check.');
const [lab, check] = first;
const fixed = { count: 2, of: 11 };
const next = 'Save your repair to deploy and check it.';
const inOneLine = (lines: readonly string[]) => lines.join(' ').replace(/\s+/g, '');
const kept = (text: string) => text.replace(/\s+/g, '');

describe.each([
  [80, 24],
  [60, 20],
])('on a screen of %d by %d', (columns, rows) => {
  /** Returns what is on the screen above the footer after a verdict was printed. */
  const onScreen = (verdict: Verdict) =>
    renderOnScreen(verdict, { columns, rows: rows - 4, next, fixed }).slice(-(rows - 1));

  test('every recorded verdict shows what was expected, what was seen, and where to look', async () => {
    for (const verdict of Object.values(await states())) {
      const shown = inOneLine(onScreen(verdict));
      const wrong = verdict.checks.find(({ status }) => status === 'failed');
      if (verdict.status !== 'not fixed' || wrong === undefined) continue;
      expect(shown).toContain(kept(`expected ${wrong.expected}`));
      expect(shown).toContain(kept(`seen ${actualOf(wrong)}`));
      if ('place' in wrong && wrong.place !== undefined)
        expect(shown).toContain(kept(`look at ${wrong.place.file}:${wrong.place.line}`));
      expect(shown).toContain(kept(next));
    }
  });

  test.each(checksByLab)('of $id, a failed check is whole below long evidence', (lab, check) => {
    const verdict = failedVerdict(lab, check);
    const [failed] = verdict.checks;
    if (failed === undefined) throw new Error('The verdict has no check.');
    const shown = inOneLine(onScreen(verdict));
    for (const text of [
      check.title,
      `expected ${check.expected}`,
      `seen ${actualOf(failed)}`,
      `look at ${placeOf(failed)}`,
      next,
    ])
      expect(shown).toContain(kept(text));
  });
});

test('of evidence that is too long, what to read goes first, and the deciding lines last', () => {
  const verdict = failedVerdict(lab, check);
  const said = (of: string) => Array.from({ length: 8 }, (_, index) => `10:00:0${index} ${of} ← line ${index}`);
  const evidence = [
    { source: 'conversation', lines: said('Ada'), marked: [5, 7] },
    { source: 'log', lines: said('Grace'), marked: [6] },
  ];
  const checks = verdict.checks.map((result) => (result.status === 'failed' ? { ...result, evidence } : result));
  const shown = (rows: number) => renderOnScreen({ ...verdict, checks }, { columns: 80, rows, next });
  const of = (lines: readonly string[], what: string) => lines.filter((line) => line.includes(what));
  const all = shown(Number.POSITIVE_INFINITY);
  expect([of(all, '← line'), of(all, check.docs.aws)].map(({ length }) => length)).toEqual([16, 1]);
  const withoutLinks = shown(all.length - 1);
  expect([of(withoutLinks, '← line'), of(withoutLinks, check.docs.aws)].map(({ length }) => length)).toEqual([16, 0]);
  const few = shown(all.length - 13);
  expect(few.length).toBeLessThanOrEqual(all.length - 13);
  for (const deciding of ['Ada ← line 5', 'Ada ← line 7', 'Grace ← line 6']) expect(of(few, deciding)).toHaveLength(1);
  expect(of(few, `\`npx lab check ${lab.id.slice(0, 2)}\` prints all`)).toHaveLength(2);
});

test('if not all evidence fits, what stays has the marked lines', () => {
  const verdict = failedVerdict(lab, check);
  const evidence = [
    { source: 'DescribeContinuousBackups', about: 'chat-Connections', lines: ['DISABLED'] },
    {
      source: 'DescribeContinuousBackups',
      about: 'chat-Messages',
      lines: ['DISABLED', 'has the messages'],
      marked: [0],
    },
  ];
  const checks = verdict.checks.map((result) => (result.status === 'failed' ? { ...result, evidence } : result));
  const shown = (rows: number) => renderOnScreen({ ...verdict, checks }, { columns: 80, rows, next });
  const all = shown(Number.POSITIVE_INFINITY);
  const at = (rows: number) => shown(rows).join('\n');
  for (const fewer of [1, 2, 3, 4, 5]) {
    expect(shown(all.length - fewer).length).toBeLessThanOrEqual(all.length - fewer);
    expect(at(all.length - fewer)).toContain('  ▸ DISABLED');
  }
  expect(at(all.length - 2)).toContain('chat-Connections');
  expect(at(all.length - 3)).toContain('  ▸ DISABLED\n    has the messages');
  expect(at(all.length - 3)).not.toContain('chat-Connections');
});

test('a fixed lab shows how many are fixed', async () => {
  const { '01-fixed': verdict } = await states();
  if (verdict === undefined) throw new Error('There is no such verdict.');
  expect(renderOnScreen(verdict, { columns: 80, rows: 20, fixed }).join('\n')).toContain('2 of 11 labs fixed');
});
