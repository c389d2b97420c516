import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { spawn } from '@lydell/node-pty';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { csvRow, parseCsv } from '../../checker/grade/roster.ts';
import { labs } from '../../checker/workshop/labs.ts';
import { layOutWorkshop, type Workshop } from './workshop.ts';

let workshop: Workshop;

beforeAll(async () => {
  workshop = await layOutWorkshop();
});
afterAll(() => workshop.remove());

/** The current files of the labs. */
async function files(): Promise<Record<string, string>> {
  const folder = join(workshop.root, 'labs');
  const paths = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const read = async (path: string) => [path, await readFile(path, 'utf8')] as const;
  return Object.fromEntries(await Promise.all(paths.map((entry) => read(join(entry.parentPath, entry.name)))));
}

/** The account's files, with their sizes and times. */
async function accountFiles(folder: string): Promise<string[]> {
  const entries = await readdir(join(folder, 'account'), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(
    files.sort().map(async (path) => {
      const { size, mtimeMs } = await stat(path);
      return `${path} ${size} ${mtimeMs}`;
    }),
  );
}

describe('the evening before', () => {
  it('turns every lab green, and back', async () => {
    const before = await files();
    await workshop.lab('sandbox', 'start', '--port', '0');
    expect(await workshop.lab('reset', '--all', '--to', 'solution')).toMatchObject({ code: 0 });
    const deployed = await workshop.lab('deploy', '--all');
    expect(deployed.stdout).toMatch(/1 of \d+: 01-missing-route/);
    expect(deployed.stdout).toContain('Deployed 03-no-auth');
    expect(deployed.code).toBe(0);
    const junit = join(workshop.root, 'out.xml');
    const checked = await workshop.lab('check', '--all', '--junit', junit);
    expect(await readFile(junit, 'utf8')).toContain('<testsuite name="03-no-auth"');
    expect(checked.stdout).toContain('Lab 01, The missing route: fixed');
    expect(checked.stdout).toMatch(/Lab 02, .*: fixed/);
    expect(checked.stdout).not.toMatch(/Lab 03, .*: not fixed/);
    expect(await workshop.lab('undo')).toMatchObject({ code: 0 });
    expect(await files()).toEqual(before);
  }, 300_000);

  it('grades a class by its roster', async () => {
    const roster = join(workshop.root, 'roster.csv');
    await writeFile(roster, 'naam,folder\nAda,.\n');
    expect((await workshop.lab('grade', '--roster', roster)).stderr).toContain('its first line has no column name.');
    await writeFile(roster, 'name,profile\nAda,me\n');
    expect((await workshop.lab('grade', '--roster', roster)).stderr).toContain('its first line has no column region.');
    await writeFile(roster, `name,folder\nGrace,nowhere\n"Lovelace, Ada",.\n`);
    const one = await workshop.lab('grade', '01', '--roster', roster, '--yes');
    expect(one.stdout).toMatch(/^Grace {10}01-missing-route {2}broken .*The folder nowhere doesn't exist\.$/m);
    expect(one.stdout).toMatch(/^Lovelace, Ada {2}01-missing-route {2}fixed$/m);
    expect(one.code).toBe(3);
    await writeFile(roster, `name,folder,profile,region\n"Lovelace, Ada",.\nGrace,,no-such-profile,eu-central-1\n`);
    const csv = join(workshop.root, 'grades.csv');
    const { stdout, code } = await workshop.lab('grade', '01', '--roster', roster, '--csv', csv, '--yes');
    expect(stdout).toMatch(/Lovelace, Ada {2}01-missing-route {2}fixed/);
    expect(stdout).toMatch(/Grace {10}01-missing-route {2}broken .*no AWS profile named no-such-profile/);
    expect(code).toBe(3);
    expect(await readFile(csv, 'utf8')).toMatch(/^learner,lab,status,failed,reason\n"Lovelace, Ada",01-missing-route,/);
    const { grades } = JSON.parse((await workshop.lab('grade', '01', '--roster', roster, '--json', '--yes')).stdout);
    expect(grades[1]).toMatchObject({ learner: 'Grace', lab: '01-missing-route', status: 'broken', failed: [] });
  }, 120_000);

  it('grades a copy of an account that is not running, and leaves the account as it was', async () => {
    await workshop.lab('sandbox', 'stop');
    const folder = join(workshop.root, '.lab');
    const before = await accountFiles(folder);
    const roster = join(workshop.root, 'roster.csv');
    await writeFile(roster, 'name,folder\nAda,.\n');
    const { stdout, code } = await workshop.lab('grade', '01', '--roster', roster, '--yes');
    expect(stdout).toMatch(/^Ada {2}01-missing-route {2}fixed$/m);
    expect(code).toBe(0);
    expect(await accountFiles(folder)).toEqual(before);
  }, 120_000);

  it("asks a person before running learners' code", async () => {
    const { CI: _ci, ...environment } = process.env;
    const roster = join(workshop.root, 'roster.csv');
    const terminal = spawn(process.execPath, ['checker/launch/lab.mjs', 'grade', '01', '--roster', roster], {
      cwd: workshop.root,
      env: { ...environment, NO_COLOR: '1' },
    });
    let seen = '';
    terminal.onData((piece) => (seen += piece));
    const ended = new Promise<number>((resolve) => terminal.onExit(({ exitCode }) => resolve(exitCode)));
    await expect.poll(() => seen, { timeout: 30_000 }).toContain('Press Enter to grade');
    expect(seen).not.toContain('01-missing-route');
    terminal.write('\u0003');
    expect(await ended).toBe(130);
    expect(seen).toContain('Nothing was graded.');
  }, 60_000);

  it('removes all labs from the account', async () => {
    const { stdout, code } = await workshop.lab('destroy', '--all', '--yes');
    expect(code).toBe(0);
    expect(stdout.match(/is gone from/g)).toHaveLength(labs.length);
    await workshop.lab('sandbox', 'stop');
  }, 120_000);
});

describe('lab demo', () => {
  it('breaks, shows, repairs and shows, and leaves nothing behind', async () => {
    const before = await files();
    const { stdout, code } = await workshop.lab('demo', '01');
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /1 of 4[\s\S]*2 of 4[\s\S]*not fixed[\s\S]*3 of 4[\s\S]*\+api\.addRoute[\s\S]*4 of 4[\s\S]*: fixed/,
    );
    expect(await files()).toEqual(before);
    expect(await readdir(join(workshop.root, '.lab', 'work', '01-missing-route'))).toEqual([]);
  }, 180_000);

  it('waits for Enter at each step if a person is there, and ends at Ctrl-C', async () => {
    const { CI: _ci, ...environment } = process.env;
    const terminal = spawn(process.execPath, ['checker/launch/lab.mjs', 'demo', '01'], {
      cwd: workshop.root,
      cols: 40,
      env: { ...environment, NO_COLOR: '1', BROWSER: 'true', DISPLAY: '' },
    });
    let seen = '';
    terminal.onData((piece) => (seen += piece));
    const ended = new Promise<number>((resolve) => terminal.onExit(({ exitCode }) => resolve(exitCode)));
    await expect.poll(() => seen, { timeout: 30_000 }).toContain('Enter continues');
    expect(seen).not.toContain('created');
    expect(seen.split(/\r\n|\r/).filter((line) => line.length > 40)).toEqual([]);
    terminal.write('\r');
    await expect.poll(() => seen, { timeout: 50_000 }).toMatch(/The chat page[\s\S]*Enter continues/);
    expect(seen).not.toContain('not fixed');
    terminal.write('\r');
    // The verdict comes last: on a small screen, evidence above it scrolls away.
    await expect
      .poll(() => seen, { timeout: 50_000 })
      .toMatch(/GetRoutes[\s\S]*not fixed[\s\S]*look at[\s\S]*Enter continues/);
    terminal.write('\u0003');
    expect(await ended).toBe(130);
    expect(seen.replace(/\s+/g, ' ')).toContain('left nothing behind');
    expect(await readdir(join(workshop.root, '.lab', 'work', '01-missing-route'))).toEqual([]);
  }, 120_000);
});

describe('CSV', () => {
  it('is read with quotes, commas and line breaks in cells, whatever its line endings', () => {
    expect(parseCsv('\uFEFFname,folder\r\n"Ada ""the first""",a\r\n\r\n"two\nlines",\n')).toEqual([
      ['name', 'folder'],
      ['Ada "the first"', 'a'],
      ['two\nlines', ''],
    ]);
  });

  it('is written so that no spreadsheet treats a cell as a formula', () => {
    expect(csvRow(['a,b', '"', '=1+1'])).toBe(`"a,b","""",'=1+1`);
  });
});
