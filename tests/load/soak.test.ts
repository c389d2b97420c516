import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';

const checkout = join(import.meta.dirname, '..', '..');

/** Starts a small `npm run bench -- --soak` as a separate process. */
function startSoak(...args: string[]): { readonly child: ChildProcess; printed(): string } {
  const child = spawn(process.execPath, ['--import', 'tsx', join(checkout, 'bench', 'run.ts'), '--soak', ...args], {
    cwd: checkout,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // It deletes its workshop when it exits.
  onTestFinished(async () => {
    child.kill('SIGINT');
    if (child.exitCode === null) await once(child, 'exit');
  });
  let all = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (all += text));
  return { child, printed: () => all };
}

describe.skipIf(process.platform !== 'linux')('npm run bench -- --soak', () => {
  it('ends with 0 if everything is level', async () => {
    const { child, printed } = startSoak('--connections', '5', '--messages', '50', '--deployments', '2');
    const [code] = await once(child, 'close');
    expect(printed()).toMatch(/✓ descriptors of the account/);
    expect([code, printed()]).toEqual([0, expect.not.stringContaining('✗')]);
  }, 400_000);

  it('ends with 1 and names what is not level, here descriptors', async () => {
    const { child, printed } = startSoak('--connections', '5', '--messages', '1000', '--deployments', '0');
    const ended = once(child, 'close');
    await expect.poll(printed, { timeout: 300_000 }).toMatch(/Measuring process \d+ in .*\.\n/);
    const root = /Measuring process \d+ in (.*)\.\n/.exec(printed())?.[1] ?? '';
    const { port } = JSON.parse(await readFile(join(root, '.lab', 'account', 'owner.json'), 'utf8')) as {
      port: number;
    };
    const leaked: Socket[] = [];
    // More and more connections, as from a program that never closes them. Far below what the account accepts, which is
    // 80% of its open-file limit.
    const leak = setInterval(() => {
      for (let n = 0; n < 10 && leaked.length < 1000; n += 1)
        leaked.push(connect(port, '127.0.0.1').on('error', () => {}));
    }, 50);
    const [code] = await ended;
    clearInterval(leak);
    for (const socket of leaked) socket.destroy();
    expect(printed()).toMatch(/✗ descriptors of the account .* not level/);
    expect(code).toBe(1);
  }, 400_000);

  it.each([
    ['--messages', '0'],
    ['--connections', 'many'],
    ['--minutes', '5'],
  ])('ends with 2 for %s %s', async (...args) => {
    const { child } = startSoak(...args);
    expect((await once(child, 'close'))[0]).toBe(2);
  });
});
