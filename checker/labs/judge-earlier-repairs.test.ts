import { expect, test } from 'vitest';
import type { Spoken } from '../probe/speak.ts';
import type { StaleRow, Untried } from '../probe/stale-row.ts';
import type { Spoofed } from './claim-name.ts';
import type { Regressions } from './earlier-repairs.ts';
import { twoPeopleTalk } from './two-people-talk.ts';

// What comes of earlier repairs is judged after the conversation, in labs whose handler had them.

const room = { apiId: 'api1', api: 'Api', stageName: 'room', address: 'ws://127.0.0.1/room' };
const heard: Spoken = {
  reply: { kind: 'message' },
  heard: { speaker: 1, listener: 1 },
  counted: true,
  conversation: [],
};
const hints = ['', '', '', ''] as const;
const keeping = twoPeopleTalk({
  lab: '09-leaky-channels',
  needs: [],
  hints,
  keeps: { handler: 'channels/send-message.ts', repairs: ['true name', 'stale connections', 'every page'] },
});
const judgeRegressions = (regressions: Regressions) =>
  keeping.judge({ room, spoken: heard, speaks: 'SendMessage', failure: [], regressions });
const stale: StaleRow = {
  of: 'Margaret',
  tables: ['Connections'],
  rows: 1,
  speaker: 'Ada',
  messages: 1,
  text: 'Milk and sugar?',
  missed: [],
  isLeft: false,
};
const spoofed: Spoofed = { speaker: 'Grace', name: 'gmoss', claimed: 'Ada', where: 'in fields', from: 'aquail' };
const told = '{"message": "Internal server error", "connectionId":"M1x=", "requestId":"R2y="}';

test('marks the message past a stale row that somebody missed, and no earlier one', () => {
  const conversation = [
    '+1 ms  Ada → {"action":"sendmessage","text":"Tea?"}',
    '+2 ms  Linus ← {"type":"message","text":"Tea?"}',
    '+3 ms  Ada → {"action":"sendmessage","text":"Milk and sugar?"}',
    '+4 ms  Grace ← {"type":"message","text":"Milk and sugar?"}',
    `+5 ms  Ada ← ${told}`,
    '+6 ms  Grace → {"action":"sendmessage","text":"Cake?","from":"Ada"}',
  ];
  const regressions = { stale: { ...stale, told, missed: ['Linus'], isPaged: true as const } };
  const spoken = { ...heard, conversation };
  const judgement = keeping.judge({ room, spoken, speaks: 'SendMessage', failure: [], regressions });
  expect(judgement).toMatchObject({ outcome: 'failed', evidence: [{ marked: [2, 3, 4] }] });
});

test('points at the function in the stack if AWS denied what a stale row takes', () => {
  const error = 'User: arn:x is not authorized to perform: dynamodb:DeleteItem on resource: arn:y because no policy';
  const failure = [
    { source: 'log', lines: [`2026-11-24T02:42:34.158Z f4f9107f ERROR AccessDeniedException: ${error}`] },
  ];
  const regressions = { stale: { ...stale, told, isLeft: true } };
  expect(keeping.judge({ room, spoken: heard, speaks: 'SendMessage', failure, regressions })).toMatchObject({
    outcome: 'failed',
    actual: expect.stringMatching(
      /The function isn't allowed dynamodb:DeleteItem\. That worked when the lab started\.$/,
    ),
    at: 'SendMessage',
    finding: { id: 'stale-connection-denied' },
  });
  expect(keeping.findings?.map(({ id }) => id)).toContain('stale-connection-denied');
});

test('says if no failing post could be tried', () => {
  expect(judgeRegressions({ stale, failing: 'untried' })).toMatchObject({
    outcome: 'passed',
    remark: expect.stringContaining("couldn't try whether a row stays"),
  });
});

test('fails if a message left its channel, and says who got it', () => {
  const leaked = { speaker: 'Ada', channel: 'general', elsewhere: 'geNeral', outside: ['Hedy'] };
  expect(judgeRegressions({ leaked })).toMatchObject({
    outcome: 'failed',
    actual: expect.stringContaining('in the channel "general", and Hedy, who is in "geNeral", got it.'),
    finding: { id: 'leaky-channel' },
  });
  const named = judgeRegressions({ leaked: { ...leaked, names: 'geNeral' } });
  expect(named).toMatchObject({ actual: expect.stringContaining('a message that named "geNeral" in the channel') });
});

const gate = { poolId: 'pool1', pool: 'Users', adminOnly: false, byHand: false };
const admission = { kind: 'accepted', isConfirmed: false, isCodeSent: true } as const;
const outsiders = [{ kind: 'another domain', name: 'eve', admission }] as const;

test.each<[string, Regressions, string, string]>([
  [
    'the stage has lost its throttle',
    { throttle: { room, settings: {}, routes: ['$connect'], others: [] } },
    'The stage room has no throttle.',
    'no-throttle',
  ],
  [
    'people get into channels of others',
    {
      members: {
        room,
        gate: { apiKeyRequired: false, authorizers: [] },
        failure: [],
        knocks: [{ kind: 'the channel kettle', status: 101 }],
        conversation: [],
        own: 'lantern41',
        other: 'kettle',
        ofLinus: '',
        withoutGroup: '',
      },
    },
    'Grace got in with the channel kettle. She is a member of "lantern41" and of no other channel. The lab started',
    'open-channel',
  ],
  ['outsiders can sign up', { signUp: { gate, outsiders, others: [], failure: [] } }, 'signed up.', 'open-sign-up'],
])('fails if %s', (_, regressions, words, id) => {
  expect(judgeRegressions(regressions)).toMatchObject({
    outcome: 'failed',
    actual: expect.stringContaining(words),
    finding: { id },
  });
});

test.each<[string, Regressions]>([
  ['nothing could be looked at', {}],
  ['a stale row was deleted', { stale }],
])('keeps an earlier repair if %s', (_, regressions) => {
  expect(judgeRegressions(regressions).outcome).toBe('passed');
});

test('says if an index is too small to show whether its second page is read', () => {
  expect(judgeRegressions({ stale: { ...stale, isPaged: true, small: ['byChannel'] } })).toMatchObject({
    outcome: 'passed',
    remark: expect.stringContaining('The index byChannel has so little of each row'),
  });
});

test.each<[Untried['why'], string]>([
  ['no row', "the tables have no row with Margaret's connection id or name."],
  ['not deleted', 'after Margaret left, no row of that connection was deleted.'],
  ['recent', "Margaret's row has a recent time in its key"],
  ['listed', "another row lists Margaret's connection, too"],
  ['not in an index', "an index didn't show Margaret's row in time."],
])('says why no stale row was tried: %s', (why, words) => {
  expect(judgeRegressions({ untried: { of: 'Margaret', why } })).toMatchObject({
    outcome: 'passed',
    remark: expect.stringContaining(words),
  });
});

test.each<[string, Regressions, string, string]>([
  [
    'the name of a message is believed',
    { spoofed },
    'Now the room says that "aquail" wrote it.',
    'name-from-the-message',
  ],
  [
    'a message has no name anymore if it claims one',
    { spoofed: { ...spoofed, from: undefined } },
    'the room says that nobody wrote it',
    'name-from-the-message',
  ],
  [
    'a stale connection fails the sender',
    { stale: { ...stale, told, isLeft: true, missed: ['Linus'] } },
    'Then Ada sent a message and got an error: "Internal server error". Linus didn\'t get it.',
    'stale-connection',
  ],
  [
    'a stale connection fails the sender once',
    { stale: { ...stale, told } },
    'got an error: "Internal server error". The lab',
    'stale-connection',
  ],
  [
    'a stale row stays, whoever sends',
    { stale: { ...stale, messages: 3, isLeft: true } },
    "This check put Margaret's row back into the table Connections, an hour older, as if `$disconnect` had never run. Then Ada sent 3 messages. Everyone got them, but the row is still there.",
    'stale-connection',
  ],
  [
    'several stale rows stay',
    { stale: { ...stale, rows: 2, tables: ['Connections', 'Names'], isLeft: true } },
    "Margaret's rows back into the tables Connections and Names, an hour older, as if `$disconnect` had never run. Then Ada sent a message. Everyone got it, but the rows are still there.",
    'stale-connection',
  ],
  [
    'a stale row fails a later message',
    { stale: { ...stale, messages: 2, missed: ['Linus'] } },
    "Then Ada sent 2 messages, and Linus didn't get the last one.",
    'stale-connection',
  ],
  [
    'a stale row ends the loop',
    { stale: { ...stale, missed: ['Linus'] } },
    "and Linus didn't get it",
    'stale-connection',
  ],
  [
    'large rows take more than the page that is read',
    { stale: { ...stale, missed: ['Linus'], isPaged: true } },
    "This check put 390 KB more into the rows of everyone present, so they take several pages to read, and added Margaret's stale row again. Then Ada sent a message, and Linus didn't get it.",
    'one-page',
  ],
  [
    'the index has more than the row that is read',
    { stale: { ...stale, missed: ['Linus'], isPaged: true, isLimited: true } },
    'into the rows of everyone present and let each read return one row, so they take several pages to read, and added',
    'one-page',
  ],
  [
    'a large stale row stays on the next page',
    { stale: { ...stale, messages: 3, isLeft: true, isPaged: true } },
    'Then Ada sent 3 messages. Everyone got them, but the row is still there.',
    'one-page',
  ],
])('an earlier repair is undone if %s', (_, regressions, words, finding) => {
  const judgement = judgeRegressions(regressions);
  expect(judgement).toMatchObject({
    outcome: 'failed',
    actual: expect.stringContaining(words),
    at: { handler: 'channels/send-message.ts' },
    finding: { id: finding },
  });
  expect('actual' in judgement ? judgement.actual : '').toMatch(/The lab started with that repaired\.$/);
  expect(keeping.findings?.map(({ id }) => id)).toContain(finding);
});

test('points at $connect if a name of the handshake is believed', () => {
  const atTheDoor = {
    speaker: 'Edsger',
    name: 'e',
    where: 'in the handshake',
    isAtTheDoor: true as const,
    from: 'aquail',
  };
  expect(judgeRegressions({ spoofed: atTheDoor })).toMatchObject({
    outcome: 'failed',
    actual: expect.stringContaining('"e", connected with other names in the handshake, and sent a message.'),
    at: { handler: 'channels/connect.ts' },
    finding: { id: 'name-from-the-message' },
  });
});
