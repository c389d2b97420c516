import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Verdict } from '../../checker/checking/result.ts';
import { actualOf, placeOf } from '../../checker/report/words.ts';
import { layOutWorkshop, type Workshop } from '../cli/workshop.ts';
import { lastScreen } from './last-screen.ts';
import { shownVerdicts } from './shown-verdicts.ts';
import { openTerminal, type Terminal, whyNoTerminal } from './terminal.ts';

const impossible = await whyNoTerminal();
const sizes = [
  [80, 24],
  [60, 20],
] as const;

describe.skipIf(impossible !== undefined)('the last screen of a round', { timeout: 400_000 }, () => {
  let workshop: Workshop | undefined;
  let terminal: Terminal | undefined;

  beforeAll(async () => {
    workshop = await layOutWorkshop();
  }, 120_000);
  afterEach(() => terminal?.kill());
  afterAll(() => workshop?.remove());

  it.each(sizes)(
    'has expected, seen and look at of every failed check of every lab, at %d by %d',
    async (columns, rows) => {
      const program = join(import.meta.dirname, 'show-verdicts.ts');
      const folder = join(import.meta.dirname, '../..');
      const args = ['--import', 'tsx', program];
      terminal = await openTerminal({ args, folder, environment: process.env, columns, rows });
      for (const [index, verdict] of (await shownVerdicts()).entries()) {
        await terminal.saw(new RegExp(`^Verdict ${index}\\.`, 'm'));
        const screen = lastScreen(terminal.lines(), { columns, rows });
        expect(missingOn(screen, verdict), screen.join('\n')).toEqual([]);
        terminal.press(' ');
      }
      expect(await terminal.exitCode).toBe(0);
    },
  );

  it.each(sizes)('has them below a live deployment of lab 2, at %d by %d', async (columns, rows) => {
    if (workshop === undefined) throw new Error('There is no workshop.');
    const { root, environment } = workshop;
    const args = [join(root, 'checker', 'launch', 'lab.mjs'), 'start', '02', '--port', '0'];
    terminal = await openTerminal({ args, folder: root, environment, columns, rows });
    await terminal.saw(/s from save to\s+verdict[\s\S]*^Watching labs\/02-lambda-permissions/m);
    const screen = lastScreen(terminal.lines(), { columns, rows }).join('\n');
    expect(screen).toMatch(/^✗ Lab 02.*not fixed/m);
    for (const label of ['expected', 'seen', 'look at']) expect(screen).toMatch(new RegExp(`^  ${label} +\\S`, 'm'));
    expect(screen).toMatch(/^→ Next: /m);
    terminal.press('q');
    expect(await terminal.exitCode).toBe(0);
  });
});

/** Returns what a screen lacks of a verdict's first failed check. */
function missingOn(screen: readonly string[], verdict: Verdict): string[] {
  const failed = verdict.checks.find(({ status }) => status === 'failed');
  if (failed === undefined) throw new Error(`The verdict on ${verdict.lab} has no failed check.`);
  const place = placeOf(failed);
  const wanted = [
    failed.title,
    `expected ${failed.expected}`,
    `seen ${actualOf(failed)}`,
    ...(place === undefined ? [] : [`look at ${place}`]),
    'Next:',
  ];
  // Lines break anywhere in a sentence.
  const shown = unspaced(screen.join(' '));
  return wanted.filter((words) => !shown.includes(unspaced(words)));
}

function unspaced(text: string): string {
  return text.replace(/\s+/g, '');
}
