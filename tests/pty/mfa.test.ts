import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startTestAccount, type TestAccount } from '../account.ts';
import { layOutWorkshop, type Workshop } from '../cli/workshop.ts';
import { openTerminal, type Terminal, whyNoTerminal } from './terminal.ts';

const impossible = await whyNoTerminal();
const goodCode = '123456';
const roleArn = 'arn:aws:iam::111122223333:role/team';

describe.skipIf(impossible !== undefined)('a profile that requires an MFA code', { timeout: 200_000 }, () => {
  let account: TestAccount;
  let sts: Server;
  let folder: string;
  let workshop: Workshop;
  let terminal: Terminal | undefined;
  const codes: string[] = [];

  beforeAll(async () => {
    account = await startTestAccount();
    const Principal = { AWS: 'arn:aws:iam::111122223333:root' };
    const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }] };
    const iam = new IAMClient(account.client);
    await iam.send(new CreateRoleCommand({ RoleName: 'team', AssumeRolePolicyDocument: JSON.stringify(trust) }));
    iam.destroy();
    sts = await startSts(account, codes);
    const { accessKeyId, secretAccessKey } = account.identity;
    const address = `region = us-east-1\nendpoint_url = http://127.0.0.1:${(sts.address() as AddressInfo).port}\n`;
    folder = await mkdtemp(join(tmpdir(), 'websocket-lab-mfa-'));
    const config = [
      `[profile ada]\n${address}aws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`,
      `[profile team]\n${address}source_profile = ada\nrole_arn = ${roleArn}\nmfa_serial = arn:aws:iam::111122223333:mfa/ada\n`,
    ];
    await writeFile(join(folder, 'config'), config.join('\n'));
    workshop = await layOutWorkshop({
      AWS_CONFIG_FILE: join(folder, 'config'),
      AWS_SHARED_CREDENTIALS_FILE: join(folder, 'none'),
      AWS_EC2_METADATA_DISABLED: 'true',
    });
  }, 120_000);
  afterEach(() => terminal?.kill());
  afterAll(async () => {
    await workshop?.remove();
    sts?.close();
    sts?.closeAllConnections();
    await account?.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function lab(...args: string[]): Promise<Terminal> {
    codes.length = 0;
    const { root, environment } = workshop;
    const bin = join(root, 'checker', 'launch', 'lab.mjs');
    terminal = await openTerminal({ args: [bin, ...args], folder: root, environment, columns: 120 });
    return terminal;
  }

  it('asks for the code, and says what to do if AWS rejects it', async () => {
    const command = await lab('use', 'aws', '--profile', 'team');
    await command.saw('MFA code of arn:aws:iam::111122223333:mfa/ada:');
    command.press('000000\r');
    await command.saw('AWS rejected the MFA code');
    await command.saw('wait for the next one');
    expect(await command.exitCode).toBe(3);
  });

  it('asks once per command', async () => {
    const command = await lab('use', 'aws', '--profile', 'team');
    await command.saw('MFA code of');
    command.press(`${goodCode}\r`);
    await command.saw('as arn:aws:sts::111122223333:assumed-role/team/websocket-lab');
    expect(await command.exitCode).toBe(0);
    expect(codes).toEqual([goodCode]);

    const check = await lab('check', '01');
    await check.saw('MFA code of');
    check.press(`${goodCode}\r`);
    await check.saw('Working in AWS account 111122223333 in us-east-1');
    await check.exitCode;
    expect(codes).toEqual([goodCode]);
  });

  it('ends at Ctrl-C', async () => {
    const command = await lab('use', 'aws', '--profile', 'team');
    await command.saw('MFA code of');
    command.press('\u0003');
    expect(await command.exitCode).toBe(130);
    expect(codes).toEqual([]);
  });
});

/**
 * The practice account behind an MFA device: AssumeRole calls with a code get an answer without it, and everything else
 * passes through.
 */
async function startSts(account: TestAccount, codes: string[]): Promise<Server> {
  const server = createServer((incoming, outgoing) => {
    serve(incoming, outgoing).catch((error) => outgoing.destroy(error));
  });
  const serve = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const parts: Buffer[] = [];
    for await (const part of incoming) parts.push(part);
    const body = Buffer.concat(parts);
    const form = new URLSearchParams(body.toString());
    if (form.get('Action') !== 'AssumeRole') return passOn(account, incoming, body, outgoing);
    const code = form.get('TokenCode') ?? '';
    codes.push(code);
    if (code !== goodCode) {
      outgoing.writeHead(403, { 'content-type': 'text/xml' });
      const message = 'MultiFactorAuthentication failed with invalid MFA one time pass code. ';
      return outgoing.end(
        `<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>${message}</Message></Error></ErrorResponse>`,
      );
    }
    const sts = new STSClient(account.client);
    const { Credentials } = await sts.send(
      new AssumeRoleCommand({ RoleArn: form.get('RoleArn') ?? '', RoleSessionName: form.get('RoleSessionName') ?? '' }),
    );
    sts.destroy();
    const members = Object.entries({ ...Credentials }).map(([name, value]) => {
      const text = value instanceof Date ? value.toISOString() : value;
      return `<${name}>${text}</${name}>`;
    });
    outgoing.writeHead(200, { 'content-type': 'text/xml' });
    outgoing.end(
      `<AssumeRoleResponse><AssumeRoleResult><Credentials>${members.join('')}</Credentials></AssumeRoleResult></AssumeRoleResponse>`,
    );
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

/** Signed for this server's address, which stays in the Host header. */
function passOn(
  { url }: TestAccount,
  { method, url: path, headers }: IncomingMessage,
  body: Buffer,
  to: ServerResponse,
) {
  const onward = request(`${url}${path}`, { method: method ?? 'POST', headers }, (answer) => {
    to.writeHead(answer.statusCode ?? 500, answer.headers);
    answer.pipe(to);
  });
  onward.on('error', (error) => to.destroy(error));
  onward.end(body);
}
