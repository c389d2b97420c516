import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { layOutWorkshop, type Workshop } from './workshop.ts';

let workshop: Workshop;

beforeAll(async () => {
  workshop = await layOutWorkshop();
});
afterAll(() => workshop.remove());

async function owner(): Promise<{ pid: number; port: number; nonce: string }> {
  return JSON.parse(await readFile(join(workshop.root, '.lab', 'account', 'owner.json'), 'utf8'));
}

/** The variables that `lab env` prints, as an AWS tool would get them. */
async function variables(): Promise<Record<string, string>> {
  const { stdout } = await workshop.lab('env', '--shell', 'sh');
  return Object.fromEntries([...stdout.matchAll(/^export (\w+)='(.*)'$/gm)].map(([, name, value]) => [name, value]));
}

async function whoAmI(): Promise<string | undefined> {
  const {
    AWS_ENDPOINT_URL = '',
    AWS_ACCESS_KEY_ID = '',
    AWS_SECRET_ACCESS_KEY = '',
    AWS_REGION = '',
  } = await variables();
  const sts = new STSClient({
    endpoint: AWS_ENDPOINT_URL,
    region: AWS_REGION,
    credentials: { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY },
    maxAttempts: 1,
  });
  return (await sts.send(new GetCallerIdentityCommand({}))).Account;
}

describe('lab sandbox', () => {
  it('starts in the background, says where it is, and ends when asked', async () => {
    expect(await workshop.lab('sandbox', 'status')).toMatchObject({ code: 1 });
    const started = await workshop.lab('sandbox', 'start', '--port', '0');
    expect(started).toMatchObject({ code: 0, stderr: '' });
    const { port, pid } = await owner();
    expect(started.stdout).toContain(`http://127.0.0.1:${port}`);
    expect(await whoAmI()).toBe('111122223333');

    const status = await workshop.lab('sandbox', 'status');
    expect(status).toMatchObject({ code: 0 });
    expect(status.stdout).toContain(`process ${pid}`);
    expect((await workshop.lab('sandbox', 'start')).stdout).toContain('already running');

    expect(await workshop.lab('sandbox', 'stop')).toMatchObject({ code: 0 });
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    expect((await workshop.lab('sandbox', 'stop')).stdout).toContain('not running');
  });

  it("starts in AWS's weather, and the commands that use it learn of that", async () => {
    expect(await workshop.lab('sandbox', 'start', '--weather', 'rain')).toMatchObject({ code: 2 });
    expect(await workshop.lab('sandbox', 'start', '--weather', 'aws', '--seed', 'x')).toMatchObject({ code: 2 });
    const started = await workshop.lab('sandbox', 'start', '--port', '0', '--weather', 'aws', '--seed', '3');
    expect(started).toMatchObject({ code: 0, stdout: expect.stringContaining("in AWS's weather (seed 3)") });
    expect(await owner()).toMatchObject({ forecast: { kind: 'aws', seed: 3, scale: 20 } });
    expect((await workshop.lab('sandbox', 'status')).stdout).toContain("in AWS's weather (seed 3)");
    expect((await workshop.lab('sandbox', 'start', '--weather', 'calm')).stderr).toContain('It keeps its weather');
    expect(await workshop.lab('sandbox', 'stop')).toMatchObject({ code: 0 });
  });

  it('goes to another port where its own is taken, and says by whom', async () => {
    const other = createServer((_request, response) => response.setHeader('server', 'other').end());
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    try {
      const asked = await workshop.lab('sandbox', 'start', '--port', String(port));
      expect(asked.code).toBe(3);
      expect(asked.stderr).toContain(`Port ${port} is taken by another web server (other).`);
    } finally {
      other.close();
    }
  });

  it('is found gone after it was killed, and starts again with the same keys', async () => {
    await workshop.lab('sandbox', 'start', '--port', '0');
    const before = await variables();
    const { pid } = await owner();
    process.kill(pid, 'SIGKILL');
    expect(await workshop.lab('sandbox', 'status')).toMatchObject({ code: 1 });
    expect(await workshop.lab('sandbox', 'start', '--port', '0')).toMatchObject({ code: 0 });
    expect(await whoAmI()).toBe('111122223333');
    expect((await variables()).AWS_ACCESS_KEY_ID).toBe(before.AWS_ACCESS_KEY_ID);
  });

  it('is reset to an empty account with the same keys, running where it ran', async () => {
    const [before, { port, nonce }] = [await variables(), await owner()];
    const { code, stdout } = await workshop.lab('sandbox', 'reset');
    expect(code).toBe(0);
    expect(stdout).toContain('as new');
    const after = await owner();
    expect(after.port).toBe(port);
    expect(after.nonce).not.toBe(nonce);
    expect(await variables()).toEqual(before);
    await workshop.lab('sandbox', 'stop');
  });

  it('ends by its process when it does not answer', async () => {
    await workshop.lab('sandbox', 'start', '--port', '0');
    const { pid } = await owner();
    if (process.platform !== 'win32') process.kill(pid, 'SIGSTOP');
    expect(await workshop.lab('sandbox', 'stop')).toMatchObject({ code: 0 });
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  });

  it('lets a stranger live who got the number of its process', async () => {
    await workshop.lab('sandbox', 'start', '--port', '0');
    const before = await owner();
    process.kill(before.pid, 'SIGKILL');
    const stranger = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', 'dist/account.js']);
    try {
      const owned = { ...before, pid: stranger.pid };
      await writeFile(join(workshop.root, '.lab', 'account', 'owner.json'), JSON.stringify(owned));
      expect((await workshop.lab('sandbox', 'stop')).stdout).toContain('not running');
      expect(await workshop.lab('sandbox', 'reset')).toMatchObject({ code: 0 });
      expect(stranger.exitCode ?? stranger.signalCode).toBeNull();
    } finally {
      stranger.kill();
    }
  });
});
