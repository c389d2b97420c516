import { expect, test } from 'vitest';
import { channelsAreSeparate, type Observation } from './channels-are-separate.ts';
import type { Round } from './rounds.ts';

const room = { apiId: 'api1', api: 'Api', stageName: 'room', address: 'ws://127.0.0.1/room' };
const plain: Round = {
  speaker: 'Ada',
  channel: 'kite',
  text: 'Tea for two, please?',
  words: 'Tea for two, please?',
  from: 'ada.quail',
  inside: { Ada: 1, Linus: 1, Margaret: 1 },
  elsewhere: { Grace: 'kites', Edsger: 'kites' },
  outside: [],
};
const other: Round = {
  speaker: 'Grace',
  channel: 'kites',
  text: 'Milk and sugar?',
  words: 'Milk and sugar?',
  from: 'grace.moss',
  inside: { Grace: 1, Edsger: 1 },
  elsewhere: { Ada: 'kite', Linus: 'kite', Margaret: 'kite' },
  outside: [],
};
const claims = { where: 'in the field channel', channel: 'kites' };
const long = { isText: true, mustArrive: true } as const;

function judge(rounds: readonly Round[], more: Partial<Observation> = {}) {
  const seen: Observation = {
    room,
    names: ['kite', 'kites'],
    rounds,
    conversation: [],
    scans: false,
    log: [],
    ...more,
  };
  return channelsAreSeparate.judge(seen);
}

test('passes if each message stays in its channel', () => {
  const judgement = judge([plain, other]);
  expect(judgement.outcome).toBe('passed');
  expect(judgement).not.toHaveProperty('remark');
});

test('passes a handler that scans the table and filters, and says what that costs', () => {
  const remark = 'With 2,000 people in 100 channels, a million messages cost $6.13 in reads.';
  expect(judge([plain, other], { scans: true })).toMatchObject({
    outcome: 'passed',
    remark: expect.stringContaining(remark),
  });
});

test.each<[string, Partial<Round>, string, string | undefined]>([
  ['it leaks', { outside: ['Grace', 'Edsger'] }, 'Grace and Edsger got it, but are in the channel "kites"', undefined],
  [
    'people elsewhere get a notice',
    { outside: ['Grace', 'Edsger'], noticed: ['Grace', 'Edsger'] },
    'Grace and Edsger got a frame about it (its sender, its channel or its id), but are in the channel "kites"',
    undefined,
  ],
  [
    'some get it and some a notice',
    { outside: ['Grace', 'Edsger'], noticed: ['Edsger'] },
    'Grace and Edsger got it or a frame about it',
    undefined,
  ],
  ['a claim is believed', { claims, outside: ['Grace'] }, 'Grace, who is in that channel, got it', 'claim-believed'],
  [
    'the speaker gets an error',
    { inside: { Ada: 0, Linus: 0 }, told: 'Internal server error' },
    'got an error: "Internal server error". Ada and Linus didn\'t get the message',
    'error-instead',
  ],
  [
    'somebody missed it',
    { inside: { Ada: 1, Linus: 0, Margaret: 1 } },
    "Linus is there, too, but didn't get it",
    'somebody-missed',
  ],
  [
    'nobody gets it',
    { inside: { Ada: 0, Linus: 0 } },
    'Nobody got it, not even Ada, and there was no error.',
    'nobody-hears',
  ],
  [
    'only its speaker gets it',
    { inside: { Ada: 1, Linus: 0, Margaret: 0 } },
    "Linus and Margaret are there, too, but didn't get it",
    'only-the-speaker',
  ],
  [
    'people get something else',
    { inside: { Ada: 0, Linus: 0 }, instead: '{"text":"Tea for two, please?"}' },
    'People got something else: {"text"',
    'something-else',
  ],
  ["its speaker's other tab misses it", { inside: { Ada: 1, Linus: 0 } }, 'Linus is there', 'somebody-missed'],
  ['somebody heard it twice', { inside: { Ada: 1, Linus: 2 } }, 'Linus got it 2 times', 'heard-twice'],
])('fails if %s', (_, round, words, finding) => {
  const rounds = [
    { ...plain, ...round },
    ...(finding === undefined ? [{ ...other, outside: ['Ada', 'Linus', 'Margaret'] }] : []),
  ];
  const judgement = judge(rounds);
  expect(judgement).toMatchObject({ outcome: 'failed', actual: expect.stringContaining(words) });
  expect('finding' in judgement ? judgement.finding?.id : undefined).toBe(finding);
});

test('points at names that are compared in part if only one channel leaks', () => {
  expect(judge([{ ...plain, outside: ['Grace', 'Edsger'] }, other])).toMatchObject({
    finding: { id: 'compared-in-part' },
  });
});

test('sees that no name decides if only some connections of a channel get a message', () => {
  expect(judge([{ ...plain, outside: ['Grace'] }, other])).toMatchObject({ finding: { id: 'some-connections' } });
});

test('points at what writes the channel if only people who named it elsewhere get a message', () => {
  expect(judge([plain, { ...other, outside: ['Ada'], named: { Ada: 'at the handshake' } }])).toMatchObject({
    actual: expect.stringContaining(
      'Ada got it, but is in the channel "kite" and only named "kites" at the handshake.',
    ),
    at: { handler: 'channels/connect.ts' },
    finding: { id: 'named-elsewhere' },
  });
});

test.each<[string, Partial<Round>, string, string]>([
  [
    'leave its channel',
    { outside: ['Grace'] },
    'sent a message that is long. Grace, who is in another channel, got it.',
    'open-for-some-texts',
  ],
  [
    'be cut',
    { inside: { Ada: 0, Linus: 0 }, instead: '{}' },
    'that is long in the channel "kite". People got something else: {}',
    'something-else',
  ],
  [
    'be dropped',
    { inside: { Ada: 0, Linus: 0 } },
    'that is long in the channel "kite". Nobody got it',
    'somebody-missed',
  ],
])('a message with a long text must not %s', (_, more, words, finding) => {
  const round = { ...plain, claims: { where: 'that is long', channel: 'kites', ...long }, ...more };
  expect(judge([plain, other, round])).toMatchObject({
    actual: expect.stringContaining(words),
    finding: { id: finding },
  });
});

test('shows what somebody elsewhere got after each message', () => {
  const signal = { who: 'Frances', channel: 'general', times: 20, messages: 21, frame: '{"type":"masked"}' };
  expect(judge([plain, other], { signal, conversation: ['+1 ms  Frances ← {"type":"masked"}'] })).toMatchObject({
    actual:
      'Frances is in the channel "general", and got something after 20 of 21 messages in other channels: {"type":"masked"}',
    evidence: [{ marked: [0] }],
    finding: { id: 'sign-for-others' },
  });
});

test('points at the function in the stack if its role is not allowed to query', () => {
  const round = { ...plain, inside: { Ada: 0, Linus: 0 }, told: 'Internal server error' };
  const line = 'AccessDeniedException: User: arn is not authorized to perform: dynamodb:Query on resource: arn';
  const log = [{ source: 'log', lines: [line] }];
  const expected = { at: 'SendMessage', finding: { id: 'not-allowed' } };
  expect(judge([round, other], { log, speaks: 'SendMessage' })).toMatchObject(expected);
});

test('says in a few words whose other tab is in the channel', () => {
  const round = { ...plain, outside: ["Grace's second tab"], alsoInside: ["Grace's second tab"] };
  expect(judge([round, other])).toMatchObject({ actual: expect.stringMatching(/ Grace also has a tab in "kite"\.$/) });
});

test('decides nothing if API Gateway throttles', () => {
  expect(judge([], { refused: 429 }).outcome).toBe('inconclusive');
});

test('marks what the speaker said and what somebody outside got', () => {
  const conversation = [
    '+1 ms  Ada → {"action":"sendmessage","text":"Tea for two, please?"}',
    '+2 ms  Linus ← {"type":"message","text":"Tea for two, please?"}',
    '+3 ms  Grace ← {"type":"message","text":"Tea for two, please?"}',
    '+4 ms  Grace ← {"type":"message","text":"Milk and sugar?"}',
  ];
  const judgement = judge([{ ...plain, outside: ['Grace'] }], { conversation });
  expect('evidence' in judgement ? judgement.evidence[0]?.marked : undefined).toEqual([0, 2]);
});
