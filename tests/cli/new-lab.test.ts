import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

// `npm run new-lab` in a clone: its output passes the lint, the types, the tests and its proof without further edits.

const checkout = join(import.meta.dirname, '..', '..');
const run = promisify(execFile);
const id = '90-example';
let clone: string;

beforeAll(async () => {
  clone = await mkdtemp(join(tmpdir(), 'websocket-lab-new-'));
  const { stdout } = await run('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: checkout,
    maxBuffer: 16 * 1024 * 1024,
  });
  for (const path of stdout.split('\0').filter((name) => name !== ''))
    await cp(join(checkout, path), join(clone, path)).catch((error: NodeJS.ErrnoException) => {
      // Git lists files that were deleted since the last commit.
      if (error.code !== 'ENOENT') throw error;
    });
  await symlink(join(checkout, 'node_modules'), join(clone, 'node_modules'), 'junction');
});
afterAll(() => rm(clone, { recursive: true, force: true, maxRetries: 5 }));

interface Ended {
  readonly code: number;
  readonly printed: string;
}

async function node(...args: string[]): Promise<Ended> {
  // In CI, vitest doesn't write missing pages, so this is the stricter mode.
  const env = { ...process.env, CI: 'true', NODE_OPTIONS: '', FORCE_COLOR: '0' };
  const options = { cwd: clone, env, maxBuffer: 64 * 1024 * 1024 };
  try {
    const { stdout, stderr } = await run(process.execPath, args, options);
    return { code: 0, printed: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, printed: stdout + stderr };
  }
}
const newLab = (...args: string[]) => node('--import', 'tsx', 'checker/new-lab/run.ts', ...args);
const lab = (...args: string[]) => node('checker/launch/lab.mjs', ...args);
const vitest = (...args: string[]) => node('node_modules/vitest/vitest.mjs', 'run', ...args);

test('an invalid or taken name is rejected in one sentence, and nothing is written', async () => {
  const before = await readdir(clone, { recursive: true });
  for (const [name, why] of [
    ['Example', '"Example" is not a valid lab name.'],
    ['03-example', '03-no-auth already has the number 03.'],
  ] as const) {
    const { code, printed } = await newLab(name);
    expect({ code, printed }).toMatchObject({ code: 2, printed: expect.stringContaining(why) });
    expect(printed.trim().split('\n')).toHaveLength(1);
  }
  expect((await newLab()).code).toBe(2);
  expect(await readdir(clone, { recursive: true })).toEqual(before);
});

test('a new lab is listed everywhere, and the command prints what remains', async () => {
  const { code, printed } = await newLab(id);
  expect({ code, printed }).toMatchObject({ code: 0 });
  expect(printed).toMatch(/What's left for you to do:[\s\S]*^1\. .*^6\. /ms);
  for (const page of ['README.md', 'docs/story.md', 'docs/index.md', 'docs/instructors.md'])
    expect(await readFile(join(clone, page), 'utf8')).toContain(`labs/${id}`);
  expect((await lab('list')).printed).toMatch(/90-example +.*Example/);
  expect((await newLab(id)).code).toBe(2);
}, 120_000);

test('the linter and compiler have no complaints', async () => {
  const places = ['checker', 'docs', 'labs', 'solutions', 'tests/golden'];
  const biome = await node(
    'node_modules/@biomejs/biome/bin/biome',
    'check',
    '--error-on-warnings',
    '--vcs-enabled=false',
    ...places,
  );
  expect(biome).toMatchObject({ code: 0 });
  expect(await node('node_modules/typescript/bin/tsc', '-p', '.')).toMatchObject({ code: 0, printed: '' });
  expect(await node('node_modules/knip/bin/knip.js')).toMatchObject({ code: 0 });
}, 240_000);

test('its tests, the golden pages and the facts of the docs pass', async () => {
  const tests = await vitest(
    `checker/labs/${id}`,
    'tests/golden',
    'checker/prove/prove.test.ts',
    'docs/test/facts.test.ts',
  );
  expect(tests).toMatchObject({ code: 0 });
  expect(await vitest('--config', 'docs/test/vitest.config.ts', 'facts')).toMatchObject({ code: 0 });
}, 240_000);

test('it is proved: the start fails its one check, so does the shortcut, the solution and the repair pass', async () => {
  const { code, printed } = await lab('prove', '90');
  expect({ code, printed }).toMatchObject({ code: 0 });
  expect(printed).toMatch(/✓ start +fails unknown-action-is-named +[\d.]+ s$/m);
  for (const name of ['solution', 'repairs/names-it-first', 'shortcuts/unknown-action-is-named--always-the-same'])
    expect(printed).toContain(`✓ ${name}`);
  expect(printed).not.toContain('✗');
}, 480_000);
