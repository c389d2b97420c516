import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Client, connect } from '../sandbox/execute-api/client.ts';
import { layOutWorkshop, type Running, type Workshop } from './workshop.ts';

// `lab open` together with other commands, and how `lab trace` and `lab logs` show a message.

let workshop: Workshop;
let open: Running;
let page: string;
let address: string;
let ada: Client;
/** The request id that the room returns when it fails. */
let request: string;

beforeAll(async () => {
  workshop = await layOutWorkshop();
  expect(await workshop.lab('deploy', '02')).toMatchObject({ code: 0 });
  open = workshop.start('open', '02');
  page = /http:\/\/127\.0\.0\.1:\d+\/(?=\.)/.exec(await open.saw('Press Ctrl-C to stop.'))?.[0] ?? '';
  ({ room: address } = (await (await fetch(`${page}config.json`)).json()) as { room: string });
}, 400_000);

afterAll(async () => {
  await ada?.leave();
  await workshop?.remove();
});

describe('lab trace', () => {
  test('says since when there were no messages: records end with the account', async () => {
    const { code, stdout } = await workshop.lab('trace', '02');
    expect(code).toBe(1);
    expect(stdout.replace(/\s+/g, ' ')).toMatch(
      /^Lab 02 has received no messages since the practice account started \(/,
    );
    ada = await connect(`${address}?name=Ada`);
    ada.say({ action: 'sendmessage', text: 'hello' });
    ({ requestId: request } = JSON.parse(await ada.next()) as { requestId: string });
  }, 180_000);

  test('prints the newest message as a tree, with the denial and where to look', async () => {
    const { code, stdout } = await workshop.lab('trace', '02');
    expect(code).toBe(0);
    // However the lines wrap.
    const text = stdout.replace(/\s+/g, ' ');
    const inOrder = [
      'Ada sent {"action":"sendmessage","text":"hello"}',
      `request ${request}`,
      '→ a frame of 39 bytes',
      '· route sendmessage, by $request.body.action',
      '✓ API Gateway is allowed to invoke SendMessage: resource policy, statement 1',
      'SendMessage starts,',
      '✓ dynamodb Scan, 1 item: SendMessageServiceRoleDefaultPolicy',
      '✗ execute-api PostToConnection to Ada: execute-api:ManageConnections, no policy of the role allows it',
      '! SendMessage fails: AccessDeniedException',
      '← the sender gets "Internal server error"',
      'Denied by IAM',
      'who the role of SendMessage',
      'what execute-api:ManageConnections (PostToConnection)',
      'created labs/02-lambda-permissions/stack.ts:30',
      'called app/functions/send-message.ts:',
    ];
    let from = 0;
    for (const part of inOrder) {
      const at = text.indexOf(part, from);
      expect(at, `${part} in:\n${stdout}`).toBeGreaterThanOrEqual(from);
      from = at + part.length;
    }
    expect(stdout).not.toMatch(/grantManageConnections|addToRolePolicy/);
  }, 180_000);

  test("skips the checker's messages, unless they are asked for", async () => {
    await workshop.lab('check', '02');
    expect((await workshop.lab('trace', '02')).stdout).toMatch(/^Ada sent .*"hello"/);
    expect((await workshop.lab('trace', '02', '--checker')).stdout).not.toContain('"hello"');
  }, 180_000);

  test('prints the same as JSON, found by its request id', async () => {
    const { code, stdout } = await workshop.lab('trace', '02', '--json', '--request', request);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      lab: '02-lambda-permissions',
      trace: request,
      kind: 'message',
      refusal: { action: 'execute-api:ManageConnections', place: { line: 30 } },
    });
  }, 180_000);

  test('follows messages as they arrive', async () => {
    const follow = workshop.start('trace', '02', '--follow');
    await follow.saw('text":"hello"');
    ada.say({ action: 'sendmessage', text: 'again' });
    await ada.next();
    const all = await follow.saw(/Ada sent .*"again"[\s\S]*called {2}/);
    expect(all.split('Ada sent').length - 1).toBe(2);
    follow.child.kill('SIGINT');
    expect((await follow.ended).code).toBe(0);
  }, 180_000);

  test('says so if nothing has such an id, and if nothing was recorded', async () => {
    expect(await workshop.lab('trace', '02', '--request', 'nothing=')).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('no request nothing= for lab 02'),
    });
  }, 180_000);
});

test("lab logs finds a function's log by the request id that the room returns", async () => {
  const { code, stdout } = await workshop.lab('logs', '02', '--request', request);
  expect(code).toBe(0);
  expect(stdout).toMatch(/SendMessage {2,}START RequestId/);
  expect(stdout).toMatch(/SendMessage .*AccessDeniedException/);
  expect(stdout).toMatch(/^ +at .*\(app\/functions\/send-message\.ts:\d+:\d+\)$/m);
  expect(stdout).not.toContain('Connect ');
  const all = await workshop.lab('logs', '02');
  expect(all.stdout).toMatch(/Connect {2,}START RequestId/);
  expect(await workshop.lab('logs', '02', '--request', 'nothing=')).toMatchObject({ code: 1 });
}, 180_000);

test('lab check and lab deploy work alongside lab open, and the console learns of both', async () => {
  const headers = { 'Sec-Fetch-Site': 'same-origin' };
  const heard = await fetch(`${page}console/events`, { headers });
  expect(heard.status).toBe(200);
  expect(await workshop.lab('check', '02')).toMatchObject({ code: 1 });
  expect(await workshop.lab('reset', '02', '--to', 'solution')).toMatchObject({ code: 0 });
  expect(await workshop.lab('deploy', '02')).toMatchObject({ code: 0 });
  expect(await workshop.lab('check', '02')).toMatchObject({ code: 0 });
  let text = '';
  for await (const piece of heard.body ?? []) {
    text += Buffer.from(piece).toString('utf8');
    if (text.includes('"status":"UPDATE_COMPLETE"') && text.includes('{"what":"room"}')) break;
  }
  ada.say({ action: 'sendmessage', text: 'repaired' });
  // She has seen the messages of the checker's visitors, too.
  let said = await ada.next();
  while (!said.includes('repaired')) said = await ada.next();
  expect(JSON.parse(said)).toMatchObject({ from: 'Ada', text: 'repaired' });
}, 300_000);

test('lab open exits when asked, and the account with it', async () => {
  expect(await workshop.lab('sandbox', 'stop')).toMatchObject({ code: 0 });
  expect(await open.ended).toMatchObject({ code: 0 });
  expect(await workshop.lab('trace', '02')).toMatchObject({
    code: 3,
    stderr: expect.stringContaining("isn't running, and what it recorded ended with it"),
  });
}, 180_000);
