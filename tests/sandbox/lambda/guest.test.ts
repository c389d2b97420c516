import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { announceOwner } from '../../../sandbox/account/owner.ts';
import { startTestAccount } from '../../account.ts';
import { sharedFunctions } from './functions.ts';

const hasProc = process.platform === 'linux';
const tellsItsProcess = { 'index.js': 'exports.handler = async () => process.pid' };

describe('a function', () => {
  const functions = sharedFunctions();

  it.runIf(hasProc)('inherits no open files from the account', async () => {
    expect(
      (await openFiles(process.pid)).some((path) => path.startsWith(join(functions.account().folder, 'state'))),
    ).toBe(true);
    await functions.create('holder', tellsItsProcess);
    const { result } = await functions.invoke('holder');
    expect((await openFiles(result as number)).filter((path) => path.startsWith(functions.account().folder))).toEqual(
      [],
    );
  });

  it.runIf(hasProc)('and neither does any other process that the account starts', async () => {
    const { stdout } = await promisify(execFile)('/bin/sh', ['-c', 'ls -l /proc/$$/fd']);
    expect(stdout).not.toContain(functions.account().folder);
  });

  it('reads and writes its own files and no others, and starts no processes', async () => {
    await functions.create('neighbor', tellsItsProcess);
    const neighbor = (await functions.invoke('neighbor')).result;
    await functions.create('curious', {
      'index.js': `const fs = require('node:fs'), os = require('node:os'), path = require('node:path');
        const { spawnSync } = require('node:child_process');
        const { Worker } = require('node:worker_threads');
        const attempt = (work) => { try { work(); return 'allowed'; } catch (error) { return error.code; } };
        exports.handler = async ({ account, neighbor }) => Object.fromEntries(Object.entries({
          identity: () => fs.readFileSync(account + '/identity.json'),
          state: () => fs.readdirSync(account + '/state'),
          functions: () => fs.readdirSync(account + '/functions'),
          link: () => { fs.symlinkSync(account + '/identity.json', '/tmp/link'); fs.readFileSync('/tmp/link'); },
          environment: () => fs.readFileSync('/proc/' + process.ppid + '/environ'),
          neighbor: () => fs.readFileSync('/proc/' + neighbor + '/environ'),
          ownCode: () => fs.writeFileSync(__filename, ''),
          child: () => { const { error } = spawnSync(process.execPath, ['-v']); if (error) throw error; },
          thread: () => new Worker('', { eval: true }),
          readsItsCode: () => fs.readFileSync(__filename),
          writesToTmp: () => fs.writeFileSync('/tmp/file', 'text'),
          makesFolder: () => fs.writeFileSync(path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'x-')), 'file'), 'text'),
        }).map(([name, work]) => [name, attempt(work)]));`,
    });
    const { result } = await functions.invoke('curious', { account: functions.account().folder, neighbor });
    const denied = 'ERR_ACCESS_DENIED';
    expect(result).toEqual({
      identity: denied,
      state: denied,
      functions: denied,
      link: denied,
      environment: denied,
      neighbor: denied,
      ownCode: denied,
      child: denied,
      thread: denied,
      readsItsCode: 'allowed',
      writesToTmp: 'allowed',
      makesFolder: 'allowed',
    });
  });

  it('has its own /tmp, which stays as long as its process', async () => {
    const code = `import { readdir, writeFile } from 'node:fs/promises';
      import { createReadStream, createWriteStream } from 'node:fs';
      import { pipeline } from 'node:stream/promises';
      export const handler = async ({ name, ends }) => {
        if (ends) process.exit();
        await writeFile('/tmp/' + name, name);
        await pipeline(createReadStream('/tmp/' + name), createWriteStream('/tmp/' + name + '.copy'));
        return readdir('/tmp');
      };`;
    for (const name of ['one', 'other']) await functions.create(name, { 'index.mjs': code });
    expect((await functions.invoke('one', { name: 'a' })).result).toEqual(['a', 'a.copy']);
    expect((await functions.invoke('other', { name: 'b' })).result).toEqual(['b', 'b.copy']);
    expect((await functions.invoke('one', { name: 'c' })).result).toEqual(['a', 'a.copy', 'c', 'c.copy']);
    await functions.invoke('one', { ends: true });
    expect((await functions.invoke('one', { name: 'd' })).result).toEqual(['d', 'd.copy']);
  });

  it('that uses more memory than it has is ended, wherever the memory is', async () => {
    await functions.create(
      'buffers',
      {
        'index.js': `exports.handler = async ({ megabytes, waits }) => {
          const kept = [];
          for (let taken = 0; taken < megabytes; taken += 10) kept.push(Buffer.alloc(10_000_000, 1));
          if (waits) for (;;);
          return kept.length; };`,
      },
      { Timeout: 60 },
    );
    for (const waits of [false, true]) {
      const { error, result, log } = await functions.invoke('buffers', { megabytes: 1000, waits }, { LogType: 'Tail' });
      expect(error).toBe('Unhandled');
      expect(result).toEqual({
        errorType: 'Runtime.OutOfMemory',
        errorMessage: expect.stringMatching(/^RequestId: \S+ Error: Runtime exited with error: signal: killed$/),
      });
      expect(log).toMatch(
        /Memory Size: 128 MB\tMax Memory Used: 128 MB\t.*Status: error\tError Type: Runtime.OutOfMemory/,
      );
    }
    const { result, log } = await functions.invoke('buffers', { megabytes: 20 }, { LogType: 'Tail' });
    expect(result).toBe(2);
    expect(Number(/Max Memory Used: (\d+) MB/.exec(log)?.[1])).toBeLessThanOrEqual(128);
  });
});

it.runIf(hasProc)('ends what an account that was killed left behind, and nothing else', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'websocket-lab-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  const start = (place: string) =>
    spawn(process.execPath, ['-e', 'for (;;);'], { env: { LAMBDA_TASK_ROOT: join(place, 'functions', 'x') } });
  const [left, another] = [start(folder), start(`${folder}-2`)];
  onTestFinished(() => void [left, another].map((child) => child.kill('SIGKILL')));
  await Promise.all([left, another].map((child) => once(child, 'spawn')));
  const ended = once(left, 'exit');
  const killed = { pid: 1, command: 'a killed account', lasting: false, port: 1, nonce: 'nonce' };
  await announceOwner(folder, killed);
  const account = await startTestAccount({ folder });
  expect(await ended).toEqual([null, 'SIGKILL']);
  expect(another.exitCode ?? another.signalCode).toBeNull();
  await account.close();
});

/** Where the descriptors of a process lead. */
async function openFiles(pid: number): Promise<string[]> {
  const folder = `/proc/${pid}/fd`;
  return Promise.all((await readdir(folder)).map((fd) => readlink(join(folder, fd)).catch(() => '')));
}
