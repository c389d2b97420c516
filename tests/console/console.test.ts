import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Target } from '../../checker/aws/target.ts';
import type { ChecksDocument } from '../../checker/console/checks.ts';
import { Console } from '../../checker/console/console.ts';
import type { DeployedRoom } from '../../checker/console/deployed-room.ts';
import type { LogsDocument } from '../../checker/console/logs.ts';
import type { RefusalDocument } from '../../checker/console/refusal.ts';
import { pageFolders, servePage } from '../../checker/page/serve.ts';
import { findLab } from '../../checker/workshop/lab-name.ts';
import { connect } from '../sandbox/execute-api/client.ts';
import { ask, fromConsole, listen, read } from './ask.ts';
import { type ConsoleRoom, openConsole } from './console-room.ts';

let room: ConsoleRoom;
beforeAll(async () => {
  room = await openConsole('start', '02-lambda-permissions');
}, 180_000);
afterAll(() => room?.close());

const at = (name: string) => `${room.page.consoleUrl}/${name}`;

it('draws what is deployed, with the rows and sockets of the people present', async () => {
  const ada = await connect(`${room.address}?name=Ada`);
  const { api, functions, roles, tables, sockets, userPools, account, unread, others } = await read<DeployedRoom>(
    at('room.json'),
  );
  expect(account).toMatchObject({ kind: 'practice', region: 'us-east-1' });
  expect(api).toMatchObject({ label: 'Api', address: room.address, stage: { name: 'room', rate: 50, burst: 100 } });
  const labels = new Map(functions.map(({ name, label }) => [name, label]));
  const routes = api?.routes.map(({ key, function: name = '', isLive }) => [key, labels.get(name), isLive]);
  expect(routes?.sort()).toEqual([
    ['$connect', 'Connect', true],
    ['$default', 'UnknownAction', true],
    ['$disconnect', 'Disconnect', true],
    ['sendmessage', 'SendMessage', true],
  ]);
  // Each got a process when the stack was complete.
  await expect
    .poll(async () => (await read<DeployedRoom>(at('room.json'))).functions.map(({ label, state }) => [label, state]), {
      timeout: 20_000,
    })
    .toEqual(functions.map(({ label }) => [label, 'warm']));
  expect([...labels.values()].sort()).toEqual(['Connect', 'Disconnect', 'SendMessage', 'UnknownAction']);
  expect(roles.find(({ label }) => label.startsWith('SendMessage'))?.policies.map(({ document }) => document)).toEqual(
    expect.arrayContaining([expect.stringContaining('dynamodb:Scan')]),
  );
  const connectionId = expect.stringMatching(/=$/);
  expect(tables).toMatchObject([
    {
      label: 'Connections',
      keys: ['connectionId'],
      rows: [{ values: { name: 'Ada' }, connectionId, hasSocket: true }],
    },
  ]);
  expect(sockets).toMatchObject([{ connectionId, name: 'Ada' }]);
  expect([userPools, unread, others]).toEqual([[], [], []]);
  await ada.leave();
});

describe('a message that IAM denies', () => {
  let refusal: RefusalDocument;
  let requestId: string;
  beforeAll(async () => {
    const events = await listen(at('events'));
    const ada = await connect(`${room.address}?name=Ada`);
    ada.say({ action: 'sendmessage', text: 'hello' });
    const [, id = ''] = await events.find(/id: (\S+)\ndata: (?=.*"operation":"PostToConnection")/);
    [, requestId = ''] = await events.find(/"requestId":"([^"]+)".*"operation":"PostToConnection"/);
    refusal = await read<RefusalDocument>(at(`refusal.json?event=${id}`));
    events.close();
    await ada.leave();
  });

  it('is explained: who, what, on which resource, and what each policy said', () => {
    expect(refusal).toMatchObject({
      who: { label: 'SendMessage', principal: expect.stringContaining(':assumed-role/') },
      action: 'execute-api:ManageConnections',
      operation: 'PostToConnection',
      resource: expect.stringMatching(/\/room\/POST\/@connections\/\S+=$/),
      decision: 'implicitDeny',
      by: 'identity',
      verdict: expect.stringContaining('nothing allows it either'),
      absent: ['boundary', 'session', 'resource'],
    });
    const [policy] = refusal.policies;
    expect(policy).toMatchObject({ kind: 'identity', said: 'nothing' });
    expect(policy?.statements).toMatchObject([
      { index: 0, effect: 'Allow', actions: ['dynamodb:Scan', 'dynamodb:DeleteItem'], matches: false },
    ]);
  });

  it('has its lines in stack.ts and in the handler, and no repair', () => {
    expect(refusal.place).toMatchObject({ file: 'labs/02-lambda-permissions/stack.ts', line: 30 });
    expect(refusal.place?.editor).toMatch(/^vscode:\/\/file\/.+\/labs\/02-lambda-permissions\/stack\.ts:30$/);
    expect(refusal.place?.lines.find(({ number }) => number === 30)?.text).toContain("roomFunction('SendMessage'");
    expect(refusal.caller).toMatchObject({ file: 'app/functions/send-message.ts' });
    expect(JSON.stringify(refusal)).not.toMatch(/grantManageConnections|addToRolePolicy/);
  });

  it('is in the log, under its invocation', async () => {
    const { lines } = await read<LogsDocument>(at('logs.json'));
    const own = lines.filter((line) => line.requestId === requestId);
    expect(own.map(({ label }) => label)).toEqual(own.map(() => 'SendMessage'));
    expect(own.some(({ text }) => text.includes('AccessDeniedException'))).toBe(true);
  });
});

it('runs the checks when they are first asked for, and gives one hint more at a time', async () => {
  expect(await read<ChecksDocument>(at('checks.json'))).toMatchObject({ state: 'looking' });
  const checks = () => read<ChecksDocument>(at('checks.json'));
  await expect.poll(async () => (await checks()).state, { timeout: 50_000 }).toBe('looked');
  const { verdict, hints, task } = await checks();
  expect(task.file.file).toBe('labs/02-lambda-permissions/stack.ts');
  expect(verdict).toMatchObject({ status: 'not fixed' });
  expect(verdict?.checks.find(({ id }) => id === 'sender-may-post')).toMatchObject({
    status: 'failed',
    place: { line: 30 },
  });
  expect(hints).toEqual({ given: [], of: 4, hasNext: true });
  const after = await read<ChecksDocument>(at('hint'), 'POST');
  expect(after.hints).toMatchObject({ given: [{ number: 1, of: 4 }], hasNext: true });
}, 60_000);

it('says that the current file is what is deployed', async () => {
  expect(await read(at('changes.json'))).toEqual({ state: 'same', changes: [] });
});

describe('on AWS', () => {
  let url: string;
  let close: () => Promise<void>;
  beforeAll(async () => {
    // The same calls, against an account that reveals only what AWS reveals.
    const target: Target = { ...room.target, kind: 'aws', title: 'AWS account 111122223333 in us-east-1' };
    const lab = '02-lambda-permissions';
    const console = new Console({ root: room.root, lab: findLab(lab), target: async () => target, isTold: false });
    const page = await servePage({ ...pageFolders(room.root), room: room.address, lab, console });
    url = page.consoleUrl;
    close = async () => {
      console.close();
      await page.close();
    };
  });
  afterAll(() => close?.());

  it('shows what can be read, and says which parts only the practice account has', async () => {
    const ada = await connect(`${room.address}?name=Ada`);
    const drawn = await read<DeployedRoom>(`${url}/room.json`);
    expect(drawn.account).toEqual({ kind: 'aws', title: 'AWS account 111122223333 in us-east-1', region: 'us-east-1' });
    expect(drawn.api?.routes.map(({ isLive }) => isLive)).toEqual([true, true, true, true]);
    expect(new Set(drawn.functions.map(({ state }) => state))).toEqual(new Set(['unknown']));
    expect(drawn.sockets).toEqual({ unavailable: 'Only the practice account reports open sockets.' });
    const rows = drawn.tables[0]?.rows ?? [];
    expect(rows.find(({ values }) => values.name === 'Ada')).toMatchObject({ connectionId: expect.any(String) });
    expect(rows.every((row) => row.hasSocket === undefined)).toBe(true);
    expect((await read<LogsDocument>(`${url}/logs.json`)).lines.length).toBeGreaterThan(0);
    const events = await listen(`${url}/events`);
    await events.find(/event: account\ndata: \{"state":"aws","unavailable":"Only the practice account /);
    events.close();
    await ada.leave();
  });
});

describe('requests from elsewhere', () => {
  const places = ['room.json', 'events', 'checks.json', 'logs.json', 'changes.json', 'refusal.json?event=x-1'];
  const strangers: Array<[who: string, headers: Record<string, string>]> = [
    ['another page', { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://attacker.example' }],
    ['another page at this machine', { 'Sec-Fetch-Site': 'same-site', Origin: 'http://127.0.0.1:9999' }],
    ['a page that claims another origin', { ...fromConsole, Origin: 'http://127.0.0.1:9999' }],
    ['a program', {}],
  ];
  it.each(strangers)('get nothing: %s', async (_who, headers) => {
    for (const place of places) {
      expect(await ask(at(place), { headers })).toEqual({ status: 403, body: 'This is for the console only.' });
    }
    expect(await ask(at('hint'), { method: 'POST', headers })).toMatchObject({ status: 403 });
  });

  it('get nothing under another name of this machine', async () => {
    const headers = { ...fromConsole, Host: 'attacker.example' };
    for (const place of places) expect(await ask(at(place), { headers })).toMatchObject({ status: 403 });
  });
});
