import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GameDocument } from '../../checker/gameday/document.ts';
import { faults } from '../../checker/gameday/faults.ts';
import { plan } from '../../checker/gameday/plan.ts';
import { planted } from '../../checker/gameday/planted.ts';
import { readRecord } from '../../checker/gameday/record.ts';
import type { GameReport } from '../../checker/gameday/report.ts';
import { until } from '../../checker/process/until.ts';
import { asLaidOut } from '../../checker/prove/lay-out.ts';
import { layOutWorkshop, type Running, type Workshop } from './workshop.ts';

let workshop: Workshop;
/** The faults that aren't repaired yet. */
let left: string[];
const drawn = plan({ seed: 7, count: 3, minutes: 60 });

beforeAll(async () => {
  workshop = await layOutWorkshop();
  left = drawn.flatMap(({ about, isOurs }) => (isOurs ? about : []));
});
afterAll(() => workshop.remove());

const lab = (...args: string[]) => workshop.lab('gameday', ...args);

async function status(): Promise<GameDocument> {
  return JSON.parse((await lab('status', '--json')).stdout);
}

/** Saves the game's files without a fault. */
async function repair(name: string): Promise<void> {
  left = left.filter((each) => each !== name);
  for (const [path, text] of asLaidOut('gameday', await planted(workshop.root, left))) {
    const file = join(workshop.root, 'gameday', path);
    if ((await readFile(file, 'utf8').catch(() => '')) === text) continue;
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}

/** Resolves once the output of a game has a text: a look at the whole room takes a while on a busy machine. */
async function prints(game: Running, text: string): Promise<void> {
  const hasText = await until(
    async () =>
      game.saw(text).then(
        () => true,
        () => false,
      ),
    150_000,
  );
  if (!hasText) await game.saw(text);
}

describe('lab gameday', { timeout: 900_000 }, () => {
  it('says how to start a game if there is none', async () => {
    const { code, stderr } = await lab('status');
    expect(code).toBe(3);
    expect(stderr).toContain('There is no game day yet.');
    expect(stderr).toContain('`npx lab gameday` starts one.');
  });

  it.skipIf(process.platform === 'win32')(
    'is played in an order of its own, resumes after Ctrl-C and after kill -9, and counts it all',
    async () => {
      const [first = '', ...others] = left;
      const last = others.at(-1) ?? '';
      let game = workshop.start('gameday', '--seed', '7');
      await prints(game, `Complaint 1, from ${faults[first]?.from}`);

      await prints(game, 'The console:');
      const [, page = ''] = /The chat page: (\S+)\n/.exec(await game.saw('The chat page')) ?? [];
      const shown = async (path: string) =>
        (await fetch(`${page}${path}`, { headers: { 'Sec-Fetch-Site': 'same-origin' } })).json();
      const open = { number: 1, state: 'open', complaint: faults[first]?.complaint };
      expect(await shown('config.json')).toMatchObject({ lab: 'gameday', game: true });
      expect(await shown('gameday.json')).toMatchObject({ complaints: [open] });
      // The console shows the complaints, and nothing of the checks.
      const console = await shown('console/checks.json');
      expect(console).toMatchObject({ game: { complaints: [open] } });
      expect(console).not.toHaveProperty('verdict');

      const second = await lab();
      expect(second.code).toBe(3);
      expect(second.stderr).toMatch(/`lab gameday` is already watching this workshop: process \d+\./);
      expect(await lab('report')).toMatchObject({ code: 3 });
      expect((await status()).complaints).toMatchObject([{ number: 1, state: 'open', hints: 0 }]);

      const hint = await lab('hint');
      expect(hint.stdout).toContain('Complaint 1, hint 1 (-15)');
      expect(hint.stdout).not.toContain(faults[first]?.cause);
      const wrong = await lab('answer', '1', '--not-ours');
      expect(wrong.code).toBe(1);
      expect(wrong.stdout).toContain("Complaint 1 is the room's fault");

      // The last fault is repaired first, and nobody has complained about it yet.
      await repair(last);
      await prints(game, 'Something is repaired that nobody has complained about yet (+100).');
      game.child.kill('SIGINT');
      const interrupted = await game.ended;
      expect(interrupted).toMatchObject({ code: 0 });
      expect(interrupted.stdout).toContain('The clock keeps running.');

      game = workshop.start('gameday');
      await prints(game, 'The game day continues: seed 7');
      await prints(game, 'Watching gameday/labs/gameday');
      const deployments = (await status()).deployments.length;
      await repair(first);
      // Deployed, but not checked yet.
      expect(await until(async () => (await status()).deployments.length > deployments, 120_000)).toBe(true);
      game.child.kill('SIGKILL');
      await game.ended;
      expect((await status()).complaints).toMatchObject([{ number: 1, state: 'open', hints: 1 }]);

      game = workshop.start('gameday', '--seed', '7');
      await prints(game, 'Complaint 1 is solved');
      const over = await until(async () => {
        const { complaints, endedAt } = await status();
        const open = complaints.find(({ state }) => state === 'open');
        const about = open && drawn[open.number - 1];
        if (open !== undefined && about?.isOurs === false) await lab('answer', `${open.number}`, '--not-ours');
        else if (about !== undefined && left.includes(about.about)) await repair(about.about);
        return endedAt !== null;
      }, 300_000);
      expect(over).toBe(true);
      const ended = await game.ended;
      expect(ended).toMatchObject({ code: 0 });
      expect(ended.stdout).toContain('Everything is solved.');
    },
  );

  it.skipIf(process.platform === 'win32')('reports what happened, as lines, JSON and HTML', async () => {
    const page = join(workshop.root, 'report.html');
    const { code, stdout } = await lab('report', '--json', '--html', page);
    expect(code).toBe(0);
    const report: GameReport = JSON.parse(stdout);
    expect(report).toMatchObject({ schema: 1, seed: 7, minutes: 60, why: 'all solved', of: 400 });
    expect(report.complaints.map(({ about }) => about)).toEqual(drawn.map(({ about }) => about));
    const points = report.complaints.map((each) => each.points);
    // A hint for the first, nobody waited for the last of the faults, and an answer was wrong.
    expect(points[0]).toBeLessThanOrEqual(85);
    expect(Math.max(...points)).toBe(100);
    expect(report.score).toBe(points.reduce((sum, each) => sum + each, 0) - 25);
    for (const { isOurs, file, line, patch, solvedAt } of report.complaints) {
      expect(solvedAt).not.toBeNull();
      expect(patch.length > 0 && line !== null && file?.startsWith('gameday/')).toBe(isOurs);
    }
    const texts = report.timeline.map(({ text }) => text);
    expect(texts[0]).toBe('The room is deployed. The clock starts.');
    expect(texts).toContain('A hint for complaint 1.');
    expect(texts.at(-1)).toBe('Everything is solved.');
    const times = report.timeline.map(({ at }) => at);
    expect(times).toEqual(times.toSorted());
    // A restart deploys nothing new: each of the three repairs was deployed, and the room itself.
    const deployments = (await readRecord(workshop.root)).flatMap((event) => (event.kind === 'deployed' ? event : []));
    expect(deployments.length).toBeGreaterThanOrEqual(1 + 3);
    const states = deployments.map(({ changed }) => JSON.stringify(changed));
    expect(new Set(states).size).toBe(states.length);
    const html = await readFile(page, 'utf8');
    expect(html).toContain('<h1>Game day</h1>');
    expect(html).toContain(`${report.complaints[0]?.file}:${report.complaints[0]?.line}`);
    expect((await lab('end')).stdout).toContain(`Game day, seed 7: ${report.score} of 400 points`);
  });

  it.skipIf(process.platform === 'win32')('is collected by lab grade', async () => {
    const roster = join(workshop.root, 'roster.csv');
    await writeFile(roster, 'name,folder\nAda,.\n');
    const { stdout } = await workshop.lab('grade', '01', '--roster', roster, '--yes');
    expect(stdout).toMatch(/Ada +gameday +fixed +seed 7: \d+ of 400 points, 5 of 5 complaints solved\n/);
  });
});
