import { once } from 'node:events';
import { request } from 'node:http';
import { connect as connectTcp } from 'node:net';
import { DescribeParametersCommand, SSMClient } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { describe, expect, it } from 'vitest';
import { type TestAccount, testAccount } from '../account.ts';

const ours = 'http://127.0.0.1:8080';

const account = await testAccount();
account.allowPage(ours);

interface Answer {
  readonly status: number | undefined;
  readonly body: string;
}

/** The answer to a request, or to a handshake if it asks for an upgrade. */
async function ask(path: string, headers: Record<string, string>): Promise<Answer> {
  const asked = request({ host: '127.0.0.1', port: account.port, path, headers }).end();
  const [response] = await once(asked, 'response');
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  return { status: response.statusCode, body: Buffer.concat(chunks).toString('utf8') };
}

const upgrade = {
  Connection: 'Upgrade',
  Upgrade: 'websocket',
  'Sec-WebSocket-Version': '13',
  'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
};

/** The callers that are admitted, by their host name and their page's origin, and others. */
const callers: Array<[host: string, origin: string | undefined, isLetIn: boolean]> = [
  ['127.0.0.1:PORT', undefined, true],
  ['localhost:PORT', undefined, true],
  ['LOCALHOST', undefined, true],
  ['[::1]:PORT', undefined, true],
  ['abc.execute-api.us-east-1.amazonaws.com', undefined, true],
  ['127.0.0.1:PORT', ours, true],
  ['127.0.0.1:PORT', 'http://127.0.0.1:9999', false],
  ['127.0.0.1:PORT', 'http://localhost:8080', false],
  ['127.0.0.1:PORT', 'https://127.0.0.1:8080', false],
  ['127.0.0.1:PORT', 'https://attacker.example', false],
  ['127.0.0.1:PORT', 'null', false],
  ['attacker.example:PORT', undefined, false],
  ['attacker.example', ours, false],
  ['localhost.attacker.example', undefined, false],
  ['127.0.0.1.attacker.example', undefined, false],
  ['amazonaws.com.attacker.example', undefined, false],
  ['notamazonaws.com', undefined, false],
];

it("admits the checker's sockets from any page, but not its other requests", async () => {
  const headers = { Host: 'localhost', Origin: 'http://127.0.0.1:9999', 'X-Lab-Probe': 'yes' };
  const socket = await ask('/_aws/execute-api/none/prod', { ...headers, ...upgrade });
  expect(socket.body).not.toContain("doesn't answer pages from");
  expect((await ask('/', headers)).body).toContain("doesn't answer pages from");
});

describe.each(callers)('under the name %j from the page %j', (name, origin, isLetIn) => {
  const host = () => name.replace('PORT', String(account.port));
  const headers = () => ({ Host: host(), ...(origin === undefined ? {} : { Origin: origin }) });
  const reason = /doesn't answer (to the host name|pages from)/;

  it(`a request ${isLetIn ? 'is accepted' : 'is rejected'}`, async () => {
    // An accepted request is answered with a missing signature, or that nothing is there.
    const { status, body } = await ask('/', headers());
    if (isLetIn) expect(body).not.toMatch(reason);
    else expect([status, JSON.parse(body).message]).toEqual([403, expect.stringMatching(reason)]);
  });

  it(`a handshake ${isLetIn ? 'is accepted' : 'is rejected'}`, async () => {
    const { status, body } = await ask('/_aws/execute-api/none/prod', { ...headers(), ...upgrade });
    expect(status).toBeGreaterThanOrEqual(400);
    if (isLetIn) expect(body).not.toMatch(reason);
    else expect([status, JSON.parse(body).message]).toEqual([403, expect.stringMatching(reason)]);
  });
});

it('rejects a handshake at any other address', async () => {
  const { status, body } = await ask('/', { Host: 'localhost', ...upgrade });
  expect([status, JSON.parse(body)]).toEqual([403, { message: 'There is no WebSocket at this address.' }]);
});

describe('unknown callers', () => {
  const call = (credentials: Partial<TestAccount['client']['credentials']>) => {
    const client = { ...account.client, credentials: { ...account.client.credentials, ...credentials } };
    return {
      query: () => new STSClient(client).send(new GetCallerIdentityCommand({})),
      json: () => new SSMClient(client).send(new DescribeParametersCommand({})),
    };
  };

  it('are rejected with the error code for an unknown key', async () => {
    const { query, json } = call({ accessKeyId: 'AKIAUNKNOWNUNKNOWN00' });
    await expect(query()).rejects.toMatchObject({ name: 'InvalidClientTokenId' });
    await expect(json()).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
  });

  it('are rejected with the error code for a wrong secret', async () => {
    const { query, json } = call({ secretAccessKey: 'guessed' });
    await expect(query()).rejects.toMatchObject({ name: 'SignatureDoesNotMatch' });
    await expect(json()).rejects.toMatchObject({ name: 'InvalidSignatureException' });
  });
});

it('knows services only by name, ignoring inherited properties', async () => {
  const { status } = await ask('/', { Host: 'constructor.amazonaws.com' });
  expect(status).toBe(501);
  expect(account.said).toEqual([]);
});

it.each([
  ['in the middle of a body', 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nonly this'],
  ['in the middle of a header', 'POST / HTTP/1.1\r\nHost: local'],
  [
    'in the middle of a handshake',
    `GET /_aws/execute-api/none/prod HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n`,
  ],
  ['with no HTTP at all', '\u0000\u0001\u0002\r\n\r\n'],
])('a client that leaves %s ends nothing but its own request', async (_title, text) => {
  const socket = connectTcp(account.port, '127.0.0.1');
  await once(socket, 'connect');
  await new Promise((resolve) => socket.write(text, resolve));
  socket.resetAndDestroy();
  const { Account } = await new STSClient(account.client).send(new GetCallerIdentityCommand({}));
  expect(Account).toBe(account.identity.accountId);
  expect(account.said).toEqual([]);
});
