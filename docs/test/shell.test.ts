import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Shell } from './shell.ts';

describe.skipIf(process.platform === 'win32')("a reader's terminal", () => {
  let folder: string;
  let shell: Shell;

  beforeAll(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'websocket-lab-docs-shell-')));
    shell = await Shell.open({ folder, repository: undefined, remove: async () => {} }, folder);
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  const run = (text: string, more = {}) => shell.run({ run: text, prints: [], interrupted: false, line: 1, ...more });

  test('all output is there, and background processes are not waited for', async () => {
    const began = performance.now();
    const { lines, code } = await run(
      'sleep 10 & for i in $(seq 20000); do echo "line $i"; done; echo last >&2; (exit 3)',
    );
    expect(performance.now() - began).toBeLessThan(10_000);
    expect(lines.slice(-3)).toEqual(['line 20000', 'last', '']);
    expect([lines.length, code]).toEqual([20_002, 3]);
  });

  test('the next command has the folder and variables of the one before', async () => {
    await run('mkdir -p there && cd there && export WHO=Ada && what=drum');
    expect((await run('echo "$WHO, $what in $PWD"')).lines).toEqual([`Ada, drum in ${join(folder, 'there')}`, '']);
  });

  test('a command that does not exit is interrupted when it has printed the output shown', async () => {
    const { lines } = await run('echo ready; sleep 60; echo late', { prints: ['ready'], interrupted: true });
    expect(lines).toEqual(['ready', '']);
  });
});
