import { expect, test } from 'vitest';
import type { Spoken } from '../probe/speak.ts';
import { twoPeopleTalk } from './two-people-talk.ts';

const room = { apiId: 'api1', api: 'Api', stageName: 'room', address: 'ws://127.0.0.1/room' };
const heard: Spoken = {
  reply: { kind: 'message' },
  heard: { speaker: 1, listener: 1 },
  counted: true,
  conversation: [],
};
const hints = ['', '', '', ''] as const;
const check = twoPeopleTalk({ lab: '01-missing-route', needs: [], hints });
const judge = (spoken: Spoken) => check.judge({ room, spoken, speaks: 'SendMessage', failure: [] });
const door = { actual: 'Nobody could connect: 502', at: 'Connect', evidence: [] };

test('both received it, once', () => {
  expect(judge(heard).outcome).toBe('passed');
});

test('nobody could connect: points at the function behind $connect', () => {
  const spoken = { ...heard, refused: 502 };
  expect(check.judge({ room, spoken, speaks: 'SendMessage', failure: [], door })).toMatchObject({
    outcome: 'failed',
    actual: door.actual,
    at: 'Connect',
  });
});

test('a function that does not finish after everybody has heard fails its speaker', () => {
  expect(check.judge({ room, spoken: heard, speaks: 'SendMessage', failure: [], hung: true })).toMatchObject({
    outcome: 'failed',
    actual: expect.stringContaining('It timed out'),
    at: 'SendMessage',
  });
});

test('a function that Lambda had no capacity for says nothing about the room', () => {
  const spoken: Spoken = { ...heard, reply: { kind: 'function failed', text: '' }, heard: { speaker: 0, listener: 0 } };
  const noCapacity = { functionName: 'chat-SendMessage', limit: 10 };
  expect(check.judge({ room, spoken, speaks: 'SendMessage', failure: [], noCapacity })).toMatchObject({
    outcome: 'inconclusive',
    reason: expect.stringContaining('concurrency limit is 10'),
    passing: true,
  });
});

test('a function that API Gateway is not allowed to invoke is reported as such', () => {
  const spoken: Spoken = { ...heard, reply: { kind: 'function failed', text: '' }, heard: { speaker: 0, listener: 0 } };
  expect(check.judge({ room, spoken, speaks: 'SendMessage', failure: [], isShut: true })).toMatchObject({
    outcome: 'failed',
    actual: expect.stringContaining("it isn't allowed to invoke the function behind the route."),
  });
});

test('a function that API Gateway is allowed to invoke has failed, with the error in its log if the stack can cause it', () => {
  const spoken: Spoken = { ...heard, reply: { kind: 'function failed', text: '' }, heard: { speaker: 0, listener: 0 } };
  const judged = (lines: readonly string[]) =>
    check.judge({ room, spoken, speaks: 'SendMessage', failure: [{ source: 'log', lines }], isShut: false });
  expect(judged([])).toMatchObject({ actual: expect.stringContaining('from API Gateway: the function failed.') });
  const denied = 'AccessDeniedException: User: arn:x is not authorized to perform: dynamodb:Scan on resource: arn:y';
  expect(judged([`2026-11-24T02:42:34.158Z f4f9107f ERROR ${denied}`])).toMatchObject({
    actual: expect.stringContaining("from API Gateway. The function isn't allowed dynamodb:Scan."),
  });
});

test('a function that runs into its timeout before anybody has heard is reported as such', () => {
  const spoken: Spoken = { ...heard, reply: { kind: 'silence' }, heard: { speaker: 0, listener: 0 } };
  const failure = [{ source: 'log', lines: ['2026-11-24T02:42:34.158Z f4f9107f Task timed out after 10.00 seconds'] }];
  expect(check.judge({ room, spoken, speaks: 'SendMessage', failure })).toMatchObject({
    outcome: 'failed',
    actual: expect.stringContaining('the function behind the route ran into its timeout.'),
  });
});

test('a throttled room says nothing about itself', () => {
  expect(judge({ ...heard, refused: 429 }).outcome).toBe('inconclusive');
});

test.each<[string, Partial<Spoken>, string]>([
  [
    'the function failed',
    { reply: { kind: 'function failed', text: '' }, heard: { speaker: 0, listener: 0 } },
    'Internal server error',
  ],
  [
    'nobody, and nobody got an error',
    { reply: { kind: 'silence' }, heard: { speaker: 0, listener: 0 } },
    'Ada got no error either.',
  ],
  ['only the speaker', { heard: { speaker: 1, listener: 0 } }, 'Ada got it.'],
  ['only the others', { heard: { speaker: 0, listener: 1 } }, "Ada, who sent it, didn't"],
  ['twice', { heard: { speaker: 2, listener: 2 } }, 'Grace got the message 2 times'],
  ['without a name', { lacks: "it doesn't say who sent it (`from`)" }, 'who sent it'],
  ['once and never again', { counted: false }, 'but not the ones after it'],
  ['only some', { others: { Linus: 0, Margaret: 1 } }, "Linus, who connected long before, didn't"],
  [
    'an error afterward',
    { trouble: { kind: 'told', who: 'Ada', text: 'Internal server error' } },
    'but Ada got an error',
  ],
  ['not later', { trouble: { kind: 'missed', who: 'Margaret', speaker: 'Grace', again: false } }, "Margaret didn't"],
  [
    'not again',
    { trouble: { kind: 'missed', who: 'Ada', speaker: 'Ada', again: true } },
    'second message with the same text',
  ],
  ['late copies', { trouble: { kind: 'heard twice', who: 'Ada', speaker: 'Grace', times: 2 } }, 'Ada got it 2 times'],
  ['a closed connection', { trouble: { kind: 'closed', who: 'Grace' } }, 'closed the connection of Grace'],
  ['a token in a frame', { trouble: { kind: 'secret in a frame', who: 'Grace' } }, 'sent Grace a token'],
  ['a token in a table', { trouble: { kind: 'secret in a table', table: 'T' } }, 'The table T contains a token'],
  [
    'something else',
    { heard: { speaker: 0, listener: 0 }, instead: '{"text":"HELLO"}' },
    `something other than Ada's message: {"text":"HELLO"}`,
  ],
])('%s', (_, more, words) => {
  expect(judge({ ...heard, ...more })).toMatchObject({
    outcome: 'failed',
    actual: expect.stringContaining(words),
  });
});

test.each<[NonNullable<Spoken['trouble']>, string]>([
  [{ kind: 'told', who: 'Ada', text: 'You said that already.' }, 'Ada got an error'],
  [{ kind: 'missed', who: 'Ada', speaker: 'Ada', again: true }, 'second message with the same text'],
  [{ kind: 'heard twice', who: 'Ada', speaker: 'Ada', times: 2 }, 'no `id`'],
])('says that messages are missing before it says what others lack: $0.kind', (trouble, words) => {
  expect(judge({ ...heard, lacks: 'it has no `id`', trouble })).toMatchObject({
    actual: expect.stringContaining(words),
  });
});

const keeping = twoPeopleTalk({
  lab: '09-leaky-channels',
  needs: [],
  hints,
  keeps: { handler: 'channels/send-message.ts', repairs: ['true name', 'stale connections', 'every page'] },
});

test('points at the line that builds a message, if a lab is about its handler', () => {
  const at = {
    handler: 'channels/send-message.ts',
    near: expect.arrayContaining(['JSON.stringify(']),
    of: 'SendMessage',
  };
  const lacking = { ...heard, lacks: 'it has no `id`' };
  expect(keeping.judge({ room, spoken: lacking, speaks: 'SendMessage', failure: [] })).toMatchObject({ at });
});

test('points at the line that builds a message in the usual handler, if the function did not fail', () => {
  const lacking = { ...heard, lacks: 'it has no `id`' };
  const at = { handler: 'send-message.ts', near: expect.arrayContaining(['JSON.stringify(']), of: 'SendMessage' };
  expect(judge(lacking)).toMatchObject({ at });
  const conversation = ['+1 ms  Ada ← {"message": "Internal server error"}'];
  expect(judge({ ...lacking, conversation })).toMatchObject({ at: 'SendMessage' });
});

test('names a message that the room rejected, and points at the words of its error', () => {
  const text = JSON.stringify({ type: 'error', message: 'Your message is longer than the 4 KB.' });
  const trouble = { kind: 'told', who: 'Margaret', text, unheard: `${'night '.repeat(40)}owl` } as const;
  expect(judge({ ...heard, trouble })).toMatchObject({
    actual: `Everyone got Ada's first message. Nobody got a later one of Margaret: "${'night '.repeat(10)} …" (243 characters). Margaret got an error: "Your message is longer than the 4 KB".`,
    at: {
      handler: 'send-message.ts',
      near: expect.arrayContaining([
        'Your message is longer than the 4 KB',
        'Your message is longer than the',
        'Your message',
      ]),
      of: 'SendMessage',
    },
  });
  const first = { reply: { kind: 'complaint', text }, heard: { speaker: 0, listener: 0 } } as const;
  expect(judge({ ...heard, ...first })).toMatchObject({ at: { near: expect.arrayContaining(['Your message is']) } });
  const crash = { ...trouble, text: '{"message":"Internal server error"}' };
  expect(judge({ ...heard, trouble: crash })).toMatchObject({ at: 'SendMessage' });
});

test('says so if a message has another type', () => {
  const instead = (frame: string) => judge({ ...heard, heard: { speaker: 0, listener: 0 }, instead: frame });
  const words = 'The `type` of a message is "message".';
  expect(instead('{"type":"msg","text":"Tea?"}')).toMatchObject({ actual: expect.stringContaining(words) });
  for (const other of ['{"type":"message","text":"TEA?"}', 'Tea?'])
    expect(instead(other)).toMatchObject({ actual: expect.not.stringContaining(words) });
});

const ofContent = ['lacks something', 'something else', 'another text'];

test.each<[string, Partial<Spoken>]>([
  ['a deaf third person', { others: { Linus: 0 } }],
  ['only the speaker', { heard: { speaker: 1, listener: 0 } }],
  ['only the others', { heard: { speaker: 0, listener: 1 } }],
  ['not later', { trouble: { kind: 'missed', who: 'Ada', speaker: 'Grace', again: false } }],
  ['once and never again', { counted: false }],
])('points at the line that chooses who gets a message if some people miss it: %s', (_, more) => {
  const at = { handler: 'channels/send-message.ts', near: expect.arrayContaining(['Limit:', '.query(']) };
  const spoken = { ...heard, ...more };
  expect(keeping.judge({ room, spoken, speaks: 'SendMessage', failure: [] })).toMatchObject({ outcome: 'failed', at });
});

test('marks the message that somebody missed, and no earlier one', () => {
  const conversation = [
    '+1 ms  Ada → {"action":"sendmessage","text":"Tea?"}',
    '+2 ms  Linus ← {"type":"message","text":"Tea?"}',
    '+3 ms  Grace → {"action":"sendmessage","text":"Milk?"}',
    '+4 ms  Grace ← {"type":"message","text":"Milk?"}',
    '+5 ms  Grace leaves',
  ];
  const trouble = { kind: 'missed', who: 'Ada', speaker: 'Grace', again: false } as const;
  expect(judge({ ...heard, conversation, trouble })).toMatchObject({ evidence: [{ marked: [2, 3] }] });
});

test.each<[string, Partial<Spoken>]>([
  ['lacks something', { lacks: 'it has no `id`' }],
  ['something else', { heard: { speaker: 0, listener: 0 }, instead: '{"text":"HELLO"}' }],
  ['another text', { trouble: { kind: 'altered', who: 'Ada', speaker: 'Grace', sent: 'Hello', text: 'HELLO' } }],
  ['a secret in a table', { trouble: { kind: 'secret in a table', table: 'T' } }],
  ['a secret in a table, and no id', { trouble: { kind: 'secret in a table', table: 'T' }, lacks: 'it has no `id`' }],
  ['duplicates', { heard: { speaker: 1, listener: 2 } }],
  ['an error', { trouble: { kind: 'told', who: 'Ada', text: 'no' } }],
  ['a closed connection', { trouble: { kind: 'closed', who: 'Grace' } }],
])('points at the line that builds a message only if its content is at fault: %s', (name, more) => {
  const at = ofContent.includes(name) ? { handler: 'channels/send-message.ts' } : 'SendMessage';
  const spoken = { ...heard, ...more };
  expect(keeping.judge({ room, spoken, speaks: 'SendMessage', failure: [] })).toMatchObject({ outcome: 'failed', at });
});

test('a room in which something else is wrong says that first', () => {
  const spoken: Spoken = { ...heard, heard: { speaker: 2, listener: 1 } };
  const spoofed = { speaker: 'Grace', name: 'gmoss', claimed: 'Ada', where: 'in fields', from: 'aquail' };
  const judgement = keeping.judge({ room, spoken, speaks: 'SendMessage', failure: [], regressions: { spoofed } });
  expect(judgement).toMatchObject({ actual: 'Ada got her own message 2 times.' });
  expect(judgement).not.toHaveProperty('finding');
});

test('expects earlier repairs only in labs whose handler had them', () => {
  expect(keeping.expected).toContain("under another person's name");
  expect(check.expected).not.toContain('name');
  expect(check.findings).toBeUndefined();
});

test('expects that only rows of the gone are deleted, also if no stale row is tried', () => {
  const keeps = { handler: 'send-message.ts', repairs: ['only gone'] } as const;
  const sixth = twoPeopleTalk({ lab: '06-lost-pages', needs: [], hints, keeps });
  expect(sixth.expected).toContain('A row is deleted only if the answer to a post is 410 Gone.');
  expect(sixth.findings?.map(({ id }) => id)).toEqual(['other-row-deleted', 'hidden-error']);
});
