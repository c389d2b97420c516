import { execFile } from 'node:child_process';
import { readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestAccount, type TestAccount } from '../../account.ts';
import { functionsOf, makeRole } from './functions.ts';

const hasProc = process.platform === 'linux';
const tellsItsProcess = { 'index.js': 'exports.handler = async () => process.pid' };

describe('a function', () => {
  let account: TestAccount;
  let functions: ReturnType<typeof functionsOf>;

  beforeAll(async () => {
    account = await startTestAccount();
    functions = functionsOf(account, await makeRole(account));
  });
  afterAll(() => account.close());

  it.runIf(hasProc)('holds none of the files of the account open', async () => {
    expect((await openFiles(process.pid)).some((path) => path.startsWith(join(account.folder, 'state')))).toBe(true);
    await functions.create('holder', tellsItsProcess);
    const { result } = await functions.invoke('holder');
    expect((await openFiles(result as number)).filter((path) => path.startsWith(account.folder))).toEqual([]);
  });

  it.runIf(hasProc)('shares that with every process that the account starts', async () => {
    const { stdout } = await promisify(execFile)('/bin/sh', ['-c', 'ls -l /proc/$$/fd']);
    expect(stdout).not.toContain(account.folder);
  });

  it('that takes more memory than it has is ended, wherever the memory is', async () => {
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

/** What the descriptors of a process lead to. */
async function openFiles(pid: number): Promise<string[]> {
  const folder = `/proc/${pid}/fd`;
  return Promise.all((await readdir(folder)).map((fd) => readlink(join(folder, fd)).catch(() => '')));
}
