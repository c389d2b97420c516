import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  AdminCreateUserCommand,
  CognitoIdentityProviderClient,
  ConfirmSignUpCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
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
  it('starts in the background, prints its address, and stops when asked', async () => {
    expect(await workshop.lab('sandbox', 'status')).toMatchObject({ code: 1 });
    const started = await workshop.lab('sandbox', 'start', '--port', '0');
    expect(started).toMatchObject({ code: 0, stderr: '' });
    const { port, pid } = await owner();
    expect(started.stdout).toContain(`http://127.0.0.1:${port}`);
    expect(await whoAmI()).toBe('111122223333');

    const status = await workshop.lab('sandbox', 'status');
    expect(status).toMatchObject({ code: 0 });
    expect(status.stdout).toContain(`process ${pid}`);
    expect(await workshop.lab('sandbox', 'start')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('already running'),
    });
    const elsewhere = await workshop.lab('sandbox', 'start', '--port', String(port === 5000 ? 5001 : 5000));
    expect(elsewhere).toMatchObject({ code: 3, stderr: expect.stringContaining('It keeps its port') });

    expect(await workshop.lab('sandbox', 'stop')).toMatchObject({ code: 0 });
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    expect((await workshop.lab('sandbox', 'stop')).stdout).toContain("wasn't running");
  });

  it.skipIf(process.platform === 'win32')('says in its status when connections are near their limit', async () => {
    const lab = join(workshop.root, 'checker', 'launch', 'lab.mjs');
    // Databases of other tests in this process are open, and would be counted.
    const alone = 'for n in $(ls /dev/fd); do [ "$n" -gt 2 ] && eval "exec $n>&-"; done';
    const start = `${alone}; ulimit -n 150; exec "${process.execPath}" "${lab}" sandbox start --port 0`;
    await promisify(execFile)('bash', ['-c', start], { cwd: workshop.root, env: workshop.environment });
    expect((await workshop.lab('sandbox', 'status')).stdout).not.toContain('Near its limit');
    const { port } = await owner();
    const sockets = Array.from({ length: 110 }, () => connect(port, '127.0.0.1').on('error', () => {}));
    await Promise.all(sockets.map((socket) => once(socket, 'connect')));
    const { code, stdout } = await workshop.lab('sandbox', 'status');
    expect(stdout).toMatch(/Near its limit: 11\d of 120 connections are open\./);
    expect(stdout).toMatch(/Near its limit: 1\d\d of 150 descriptors are open\./);
    expect(code).toBe(0);
    for (const socket of sockets) socket.destroy();
    expect(await workshop.lab('sandbox', 'stop')).toMatchObject({ code: 0 });
  });

  it("starts with AWS's delays, and the commands that use it notice", async () => {
    expect(await workshop.lab('sandbox', 'start', '--weather', 'rain')).toMatchObject({ code: 2 });
    expect(await workshop.lab('sandbox', 'start', '--weather', 'aws', '--seed', 'x')).toMatchObject({ code: 2 });
    const started = await workshop.lab('sandbox', 'start', '--port', '0', '--weather', 'aws', '--seed', '3');
    expect(started).toMatchObject({ code: 0, stdout: expect.stringContaining("with AWS's weather (seed 3)") });
    expect(await owner()).toMatchObject({ forecast: { kind: 'aws', seed: 3, scale: 20 } });
    expect((await workshop.lab('sandbox', 'status')).stdout).toContain("with AWS's weather (seed 3)");
    const calm = await workshop.lab('sandbox', 'start', '--weather', 'calm');
    expect(calm).toMatchObject({ code: 3, stderr: expect.stringContaining('It keeps its weather') });
    const seeded = await workshop.lab('sandbox', 'start', '--weather', 'aws', '--seed', '4');
    expect(seeded).toMatchObject({ code: 3, stderr: expect.stringContaining('It keeps its seed') });
    expect(await workshop.lab('sandbox', 'stop')).toMatchObject({ code: 0 });
  });

  it('uses another port if its own is taken, and names the program that has it', async () => {
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

  it('keeps a log that only its owner can read, without the codes that AWS would have mailed', async () => {
    await workshop.lab('sandbox', 'start', '--port', '0');
    const { AWS_ENDPOINT_URL = '', ...keys } = await variables();
    const cognito = new CognitoIdentityProviderClient({
      endpoint: AWS_ENDPOINT_URL,
      region: 'us-east-1',
      credentials: { accessKeyId: keys.AWS_ACCESS_KEY_ID ?? '', secretAccessKey: keys.AWS_SECRET_ACCESS_KEY ?? '' },
    });
    const { UserPool } = await cognito.send(
      new CreateUserPoolCommand({ PoolName: 'p', AutoVerifiedAttributes: ['email'] }),
    );
    const UserPoolId = UserPool?.Id;
    const client = await cognito.send(new CreateUserPoolClientCommand({ UserPoolId, ClientName: 'c' }));
    const ClientId = client.UserPoolClient?.ClientId;
    const UserAttributes = [{ Name: 'email', Value: 'ada@example.com' }];
    await cognito.send(new SignUpCommand({ ClientId, Username: 'ada', Password: 'Long-enough-1', UserAttributes }));
    await cognito.send(
      new AdminCreateUserCommand({ UserPoolId, Username: 'grace', TemporaryPassword: 'Temporary-12' }),
    );
    const [log, mail] = ['account.log', 'account/mail.log'].map((name) => join(workshop.root, '.lab', name));
    const mailed = await readFile(mail ?? '', 'utf8');
    const code = /the code (\d{6}) /.exec(mailed)?.[1] ?? '';
    expect(mailed).toContain('Temporary-12');
    const logged = await readFile(log ?? '', 'utf8');
    expect(logged).not.toContain(code);
    expect(logged).not.toContain('Temporary-12');
    if (process.platform !== 'win32') {
      for (const file of [log, mail]) expect((await stat(file ?? '')).mode & 0o777).toBe(0o600);
    }
    await cognito.send(new ConfirmSignUpCommand({ ClientId, Username: 'ada', ConfirmationCode: code }));
    await workshop.lab('sandbox', 'stop');
  });

  it('is reported as gone after it was killed, and starts again with the same keys', async () => {
    await workshop.lab('sandbox', 'start', '--port', '0');
    const before = await variables();
    const { pid } = await owner();
    process.kill(pid, 'SIGKILL');
    expect(await workshop.lab('sandbox', 'status')).toMatchObject({ code: 1 });
    expect(await workshop.lab('sandbox', 'start', '--port', '0')).toMatchObject({ code: 0 });
    expect(await whoAmI()).toBe('111122223333');
    expect((await variables()).AWS_ACCESS_KEY_ID).toBe(before.AWS_ACCESS_KEY_ID);
  });

  it('is reset to an empty account with the same keys, running as before', async () => {
    const [before, { port, nonce }] = [await variables(), await owner()];
    const unasked = await workshop.lab('sandbox', 'reset');
    expect(unasked).toMatchObject({ code: 2, stderr: expect.stringContaining('`npx lab sandbox reset --yes`') });
    expect((await owner()).nonce).toBe(nonce);
    const { code, stdout } = await workshop.lab('sandbox', 'reset', '--yes');
    expect(code).toBe(0);
    expect(stdout).toContain('Practice account reset');
    const after = await owner();
    expect(after.port).toBe(port);
    expect(after.nonce).not.toBe(nonce);
    expect(await variables()).toEqual(before);
    process.kill(after.pid, 'SIGKILL');
    const killed = await workshop.lab('sandbox', 'reset', '--yes');
    expect(killed).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("It isn't running: it was killed before."),
    });
    expect(await workshop.lab('sandbox', 'start', '--port', '0')).toMatchObject({ code: 0 });
    await workshop.lab('sandbox', 'stop');
    expect((await workshop.lab('sandbox', 'reset', '--yes')).stdout).not.toContain("isn't running");
  });

  it('lets no command end without a message if a program that closes at once has its port', async () => {
    const other = createTcpServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    try {
      const stale = { pid: process.pid, command: 'lab start', lasting: true, nonce: 'n' };
      const { port } = other.address() as AddressInfo;
      await writeFile(join(workshop.root, '.lab', 'account', 'owner.json'), JSON.stringify({ ...stale, port }));
      const status = await workshop.lab('sandbox', 'status');
      expect(status).toMatchObject({ code: 1, stdout: expect.stringContaining("isn't running") });
      const checked = await workshop.lab('check', '01');
      expect(checked).toMatchObject({ code: 1, stdout: expect.stringContaining('not deployed') });
    } finally {
      other.close();
    }
  });

  it('is ended by its process id if it does not answer', async () => {
    await workshop.lab('sandbox', 'start', '--port', '0');
    const { pid } = await owner();
    if (process.platform !== 'win32') {
      process.kill(pid, 'SIGSTOP');
      const status = await workshop.lab('sandbox', 'status');
      expect(status).toMatchObject({ code: 3, stderr: expect.stringContaining("doesn't answer at port") });
    }
    expect(await workshop.lab('sandbox', 'stop')).toMatchObject({ code: 0 });
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  });

  it('does not kill another program that got its process id', async () => {
    await workshop.lab('sandbox', 'start', '--port', '0');
    const before = await owner();
    process.kill(before.pid, 'SIGKILL');
    const stranger = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', 'dist/account.cjs']);
    try {
      const owned = { ...before, pid: stranger.pid };
      await writeFile(join(workshop.root, '.lab', 'account', 'owner.json'), JSON.stringify(owned));
      expect((await workshop.lab('sandbox', 'stop')).stdout).toContain("wasn't running");
      expect(await workshop.lab('sandbox', 'reset', '--yes')).toMatchObject({ code: 0 });
      expect(stranger.exitCode ?? stranger.signalCode).toBeNull();
    } finally {
      stranger.kill();
    }
  });
});
