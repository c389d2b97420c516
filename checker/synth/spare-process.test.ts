import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isAlive } from '../process/is-alive.ts';
import { until } from '../process/until.ts';
import { workshopRoot } from '../workshop/root.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spare-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('a stack that never finishes does not outlive the killed command', async () => {
  const note = join(folder, 'pid');
  await writeFile(
    join(folder, 'stack.ts'),
    `import { writeFileSync } from 'node:fs';
writeFileSync(${JSON.stringify(note)}, String(process.pid));
for (;;);`,
  );
  const command = `
    const { Synthesizer } = await import(${JSON.stringify(pathToFileURL(join(import.meta.dirname, 'synthesizer.ts')).href)});
    const where = { folder: ${JSON.stringify(folder)}, assembly: ${JSON.stringify(join(folder, 'out'))}, environment: {} };
    await new Synthesizer(${JSON.stringify(workshopRoot())}).synthesize(where, new AbortController().signal);`;
  const parent = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', command], {
    cwd: workshopRoot(),
  });
  const pid = async () => Number(await readFile(note, 'utf8').catch(() => ''));
  try {
    expect(await until(async () => (await pid()) > 0, 30_000)).toBe(true);
    expect(isAlive(await pid())).toBe(true);
    parent.kill('SIGKILL');
    const spare = await pid();
    expect(await until(() => !isAlive(spare), 20_000)).toBe(true);
  } finally {
    parent.kill('SIGKILL');
    const spare = await pid();
    if (spare > 0 && isAlive(spare)) process.kill(spare, 'SIGKILL');
  }
});
