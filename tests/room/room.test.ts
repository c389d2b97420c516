import { DynamoDBClient, ListTablesCommand, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Guest, joinAsGuest } from './guest.ts';
import { deploySolvedRoom, type SolvedRoom } from './solved-room.ts';

let room: SolvedRoom;
let dynamodb: DynamoDBClient;
const guests: Guest[] = [];

beforeAll(async () => {
  room = await deploySolvedRoom();
  dynamodb = new DynamoDBClient(room.account.client);
}, 120_000);

afterEach(async () => {
  for (const guest of guests.splice(0)) guest.leave();
  await expect.poll(connectionIds, { timeout: 15_000 }).toEqual([]);
});

afterAll(() => room?.close());

async function join(name?: string): Promise<Guest> {
  const guest = await joinAsGuest(room.address, name);
  guests.push(guest);
  return guest;
}

async function tableName(): Promise<string> {
  const { TableNames = [] } = await dynamodb.send(new ListTablesCommand());
  const [name] = TableNames;
  if (name === undefined || TableNames.length > 1) throw new Error(`There should be one table: ${TableNames}`);
  return name;
}

async function connectionIds(): Promise<(string | undefined)[]> {
  const { Items = [] } = await dynamodb.send(new ScanCommand({ TableName: await tableName(), ConsistentRead: true }));
  return Items.map(({ connectionId }) => connectionId?.S);
}

test('everybody hears a message, including its sender', async () => {
  const ada = await join('Ada Lovelace');
  const grace = await join('  Grace  ');
  const stranger = await join();
  grace.say('first 🦄');
  const frames = await Promise.all([ada, grace, stranger].map((guest) => guest.next()));
  expect(frames[0]).toEqual({
    type: 'message',
    from: 'Grace',
    text: 'first 🦄',
    at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    id: expect.any(String),
  });
  expect(frames[1]).toEqual(frames[0]);
  expect(frames[2]).toEqual(frames[0]);
  stranger.say('who am I?');
  expect(await ada.next()).toMatchObject({ from: 'stranger', text: 'who am I?' });
});

test('a name in the message is not used', async () => {
  const ada = await join('Ada');
  ada.send(JSON.stringify({ action: 'sendmessage', text: 'hello', from: 'Grace', name: 'Grace' }));
  expect(await ada.next()).toMatchObject({ from: 'Ada', text: 'hello' });
});

test.each([
  ['not JSON', 'hello', "I couldn't read that: it isn't a JSON object."],
  ['no action', '{"text":"hello"}', "I don't know what to do with that: it has no action."],
  ['a number as action', '{"action":7}', "I don't know what to do with that: its action isn't a string."],
  ['an unknown action', '{"action":"dance"}', 'I do not know the action "dance".'],
  ['no text', '{"action":"sendmessage"}', 'There is no text in your message.'],
  ['nothing but spaces', '{"action":"sendmessage","text":" \\n "}', 'There is no text in your message.'],
  ['an object as text', '{"action":"sendmessage","text":{"no":"text"}}', 'There is no text in your message.'],
  [
    'a text over 4 KB',
    JSON.stringify({ action: 'sendmessage', text: 'é'.repeat(2049) }),
    'Your message is longer than the 4 KB that a message can have.',
  ],
])('%s is answered to the sender alone, and the connection stays', async (_what, frame, message) => {
  const ada = await join('Ada');
  const grace = await join('Grace');
  ada.send(frame);
  expect(await ada.next()).toEqual({ type: 'error', message });
  ada.say('still here');
  expect(await ada.next()).toMatchObject({ text: 'still here' });
  expect(await grace.next()).toMatchObject({ text: 'still here' });
  expect(grace.heard).toHaveLength(1);
});

test('a message can have 4 KB', async () => {
  const ada = await join('Ada');
  const text = 'é'.repeat(2048);
  ada.say(text);
  expect(await ada.next()).toMatchObject({ text });
});

test('a name of 40 characters is accepted, a longer one is answered with the reason', async () => {
  const longest = await join('🦄'.repeat(40));
  const longer = await join('x'.repeat(41));
  longest.say('hello');
  expect(await longest.next()).toMatchObject({ from: '🦄'.repeat(40) });
  expect(await longer.next()).toMatchObject({ text: 'hello' });
  longer.say('me too');
  expect(await longer.next()).toEqual({
    type: 'error',
    message: 'Nobody got that: your name is over 40 characters. Join again with a shorter one.',
  });
  expect(longest.heard).toHaveLength(1);
});

test('a row whose connection is gone is deleted, and the others hear the message', async () => {
  const ada = await join('Ada');
  for (const connectionId of ['AAAAAAAAAAAAAAA=', 'zzzzzzzzzzzzzzz=']) {
    await dynamodb.send(
      new PutItemCommand({
        TableName: await tableName(),
        Item: { connectionId: { S: connectionId }, name: { S: 'ghost' }, connectedAt: { N: '1' } },
      }),
    );
  }
  ada.say('hello');
  expect(await ada.next()).toMatchObject({ text: 'hello' });
  await expect.poll(async () => (await connectionIds()).length).toBe(1);
  expect(ada.isConnected).toBe(true);
});
