import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestAccount, type TestAccount } from '../../account.ts';
import { functionsOf, makeRole } from './functions.ts';

// Node.js's permission model doesn't support folders with a comma in their name, so here functions can start processes.
let folder: string;
let account: TestAccount;
let functions: ReturnType<typeof functionsOf>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'websocket-lab,'));
  account = await startTestAccount({ folder });
  functions = functionsOf(account, await makeRole(account));
  await functions.create('neighbor', { 'index.js': 'exports.handler = async () => process.pid' });
});
afterAll(async () => {
  await account.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

/** Starts `count` processes that each start one more, prints their ids, and never answers. */
const breeder = `const { spawn } = require('node:child_process');
  const grandchild = 'setInterval(() => {}, 1000)';
  const child = \`const { spawn } = require('node:child_process');
    console.log('pid ' + process.pid + ' pid ' + spawn(process.execPath, ['-e', '\${grandchild}'], { stdio: 'ignore' }).pid);
    setInterval(() => {}, 1000);\`;
  exports.handler = async ({ count }) => {
    for (let n = 0; n < count; n += 1) {
      const { stdout } = spawn(process.execPath, ['-e', child], { stdio: ['ignore', 'pipe', 'ignore'] });
      stdout.on('data', (text) => console.log(String(text)));
    }
    await new Promise(() => {});
  };`;

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('a function that is not confined', () => {
  it.each([1, 10])('times out with the %i processes that it started, and with theirs', async (count) => {
    const name = `breeder-${count}`;
    await functions.create(name, { 'index.js': breeder }, { Timeout: 3 + count });
    const neighbor = (await functions.invoke('neighbor')).result;
    const { error, result, log } = await functions.invoke(name, { count }, { LogType: 'Tail' });
    expect([error, result]).toEqual(['Unhandled', { errorType: 'Sandbox.Timedout', errorMessage: expect.any(String) }]);
    const pids = [...log.matchAll(/pid (\d+)/g)].map(([, pid]) => Number(pid));
    expect(pids.length).toBeGreaterThanOrEqual(2);
    await expect.poll(() => pids.filter(isAlive), { timeout: 10_000 }).toEqual([]);
    // The neighbor kept its process.
    expect((await functions.invoke('neighbor')).result).toBe(neighbor);
  });

  it.runIf(process.platform === 'linux')('a timeout also ends what it started in a separate session', async () => {
    const escaping = `const { spawn } = require('node:child_process');
      exports.handler = async () => {
        const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true, stdio: 'ignore' });
        child.unref();
        console.log('pid ' + child.pid);
        await new Promise((resolve) => setTimeout(resolve, 60_000));
      };`;
    await functions.create('escaping', { 'index.js': escaping }, { Timeout: 2 });
    const { result, log } = await functions.invoke('escaping', {}, { LogType: 'Tail' });
    expect(result).toMatchObject({ errorType: 'Sandbox.Timedout' });
    const pid = Number(/pid (\d+)/.exec(log)?.[1]);
    expect(pid).toBeGreaterThan(0);
    await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false);
  });

  it('that answers leaves nothing running after the account has ended', async () => {
    await functions.create('answering', {
      'index.js': `const { spawn } = require('node:child_process');
        exports.handler = async () => spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' }).pid;`,
    });
    const pid = (await functions.invoke('answering')).result as number;
    expect(isAlive(pid)).toBe(true);
    await account.close();
    await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false);
    account = await startTestAccount({ folder });
    functions = functionsOf(account, '');
  });

  it('that floods its log does not affect its neighbor', async () => {
    functions = functionsOf(account, await makeRole(account, 'flood-role'));
    await functions.create(
      'flood',
      { 'index.js': "exports.handler = async () => { for (;;) process.stdout.write('flood\\n'.repeat(1000)); }" },
      { Timeout: 3 },
    );
    const flooding = functions.invoke('flood');
    let isOver = false;
    flooding.finally(() => (isOver = true)).catch(() => {});
    let answered = 0;
    do {
      expect((await functions.invoke('neighbor')).error).toBeUndefined();
      answered += 1;
    } while (!isOver);
    expect((await flooding).result).toMatchObject({ errorType: 'Sandbox.Timedout' });
    expect(answered).toBeGreaterThan(1);
  });
});
