import { expect, test } from 'vitest';
import { saysThatItIsShut, shutDoor } from '../../../tests/checker/shut-door.ts';
import type { AmongGhosts } from '../../probe/among-ghosts.ts';
import type { SeenRow } from '../../probe/tunnel.ts';
import { everyPageIsRead, type Observation } from './every-page-is-read.ts';

const room = { apiId: 'api1', api: 'Api', stageName: 'room', address: 'ws://127.0.0.1/room' };
const once = { Ada: 1, Grace: 1, Linus: 1 };
const right: AmongGhosts = {
  first: { speaker: 'Ada', heard: once },
  second: { speaker: 'Grace', heard: once },
  left: [],
  lost: [],
};
const living = (of: string, page: number): SeenRow => ({ id: `${of}=`, of, page, isLeft: true });
const gone = (page: number, isLeft = false): SeenRow => ({ id: `gone-${page}=`, page, isLeft });
const rows = [living('Ada', 1), gone(1), living('Grace', 2), gone(2), gone(3), gone(4), living('Linus', 5)];

function seen(spoken: Partial<AmongGhosts>, more: Partial<Observation> = {}): Observation {
  return {
    room,
    wanted: 5,
    spoken: { ...right, ...spoken },
    rows,
    table: 'Connections',
    tables: ['Connections'],
    conversation: [],
    log: [],
    ...more,
  };
}

function heard(Ada: number, Grace: number, Linus: number): Partial<AmongGhosts> {
  return { first: { speaker: 'Ada', heard: { Ada, Grace, Linus } }, second: undefined };
}

test('passes if everyone on five pages got each message once', () => {
  expect(everyPageIsRead.judge(seen({})).outcome).toBe('passed');
});

test('says if an index is too small to show whether its second page is read', () => {
  expect(everyPageIsRead.judge(seen({}, { small: ['byRoom'] }))).toMatchObject({
    outcome: 'passed',
    remark: expect.stringContaining('The index byRoom has so little of each row'),
  });
  expect(everyPageIsRead.judge(seen({}))).not.toHaveProperty('remark');
});

test('fails if somebody misses a message once each row is a page of its own', () => {
  const two = [living('Ada', 3), living('Linus', 42)];
  const rowByRow = { speaker: 'Ada', heard: once, rows: 44, living: two, left: 0, lost: [] };
  expect(everyPageIsRead.judge(seen({}, { rowByRow })).outcome).toBe('passed');
  const missed = { ...rowByRow, heard: { ...once, Linus: 0 } };
  expect(everyPageIsRead.judge(seen({}, { rowByRow: missed }))).toMatchObject({
    outcome: 'failed',
    actual: expect.stringMatching(/had 44 rows, .* one per page\. Ada sent a message, and Linus didn't get it\.$/),
    finding: { id: 'not-every-page' },
    evidence: [
      { source: 'Scan', lines: ['page 3  Ada=  Ada  got it', 'page 42  Linus=  Linus  got nothing'], marked: [1] },
      { source: 'conversation' },
    ],
  });
  const told = { who: 'Ada', text: '{"message":"Internal server error"}' };
  expect(everyPageIsRead.judge(seen({}, { rowByRow: { ...rowByRow, told } }))).toMatchObject({
    outcome: 'failed',
    actual: expect.stringMatching(/Ada sent a message and got an error: .*Internal server error/),
    finding: { id: 'error-instead' },
  });
  const timedOut = (failsOnWholePages: boolean) =>
    everyPageIsRead.judge(seen({}, { timedOut: true, rowByRow: { ...rowByRow, told, failsOnWholePages } }));
  expect(timedOut(false).outcome).toBe('inconclusive');
  expect(timedOut(true)).toMatchObject({ outcome: 'failed', finding: { id: 'no-end' } });
});

test.each([
  [10, '10 rows of stale connections are still in the table. They have a recent time in their key'],
  [1, '1 row of stale connections is still'],
])('passes if %d recent rows stay, and says so', (recentLeft, words) => {
  expect(everyPageIsRead.judge(seen({}, { recentLeft }))).toMatchObject({
    outcome: 'passed',
    remark: expect.stringContaining(words),
  });
});

const told = { who: 'Ada', text: '{"message": "Internal server error", "connectionId":"M1x=", "requestId":"R2y="}' };

const left = [{ connectionId: { S: 'gone-2=' } }];

test.each<[string, Partial<Observation>]>([
  ['API Gateway throttles', { refused: 429 }],
  ['there are fewer pages than wanted', { wanted: 6 }],
  ['there are four pages', { rows: [living('Ada', 1), living('Grace', 2), gone(3), living('Linus', 4)] }],
  ['everyone is on one page', { rows: [living('Ada', 1), living('Grace', 1), living('Linus', 1), gone(5)] }],
  [
    'DynamoDB throttles, and the handler keeps that to itself',
    {
      spoken: { ...right, left },
      log: [{ source: 'log', about: 'SendMessage', lines: ['ERROR ThrottlingException: Throughput exceeds'] }],
    },
  ],
  [
    'DynamoDB throttles',
    {
      spoken: { ...right, ...heard(1, 0, 0), told },
      log: [{ source: 'log', about: 'SendMessage', lines: ['ERROR ThrottlingException: Throughput exceeds'] }],
    },
  ],
])('decides nothing if %s', (_, more) => {
  expect(everyPageIsRead.judge(seen({}, more)).outcome).toBe('inconclusive');
});

test.each<[string, Partial<AmongGhosts>, string, string | undefined]>([
  ['only the first page is read', heard(1, 0, 0), "Grace (page 2) and Linus (page 5) didn't get", undefined],
  ['two pages are read', heard(1, 1, 0), "Linus (page 5) didn't get", 'not-every-page'],
  ['somebody in the middle is left out', heard(1, 0, 1), "Grace (page 2) didn't get", 'rows-mixed-up'],
  ['not even the speaker gets it', heard(0, 0, 0), 'Ada (page 1)', 'nobody-hears'],
  ['the speaker gets an error', { ...heard(1, 0, 0), told }, '"Internal server error"', 'error-instead'],
  [
    'the speaker is not found',
    {
      ...heard(0, 0, 0),
      told: { who: 'Ada', text: '{"type":"error","message":"The room does not know you any more."}' },
    },
    'got an error: "The room does not know you any more". Ada, Grace',
    'nobody-hears',
  ],
  [
    'somebody gets something else',
    { first: { speaker: 'Ada', heard: { ...once, Linus: 0 }, instead: { Linus: '{"text":"hi"}' } }, second: undefined },
    'Linus got something else: {"text"',
    'something-else',
  ],
  [
    'the last one is not found when they speak',
    {
      second: { speaker: 'Linus', heard: { Ada: 0, Grace: 0, Linus: 0 } },
      told: { who: 'Linus', text: '{"type":"error","message":"The room no longer knows you. Please join again."}' },
    },
    'Then Linus, whose row was on page 5, sent one and got an error: "The room no longer knows you. Please join again". Ada, Grace',
    'sender-not-found',
  ],
  ['somebody gets it twice', heard(1, 2, 1), 'Grace got it 2 times', 'heard-twice'],
  ['a stale row stays', { left }, 'on page 2', 'rows-stay'],
  ['a row of somebody present is deleted', { lost: ['Linus'] }, 'Linus is connected', 'living-row-deleted'],
  [
    'the answer does not reach everyone',
    { second: { speaker: 'Grace', heard: { Ada: 1, Grace: 1, Linus: 0 } } },
    'Grace answered',
    'rows-mixed-up',
  ],
])('fails if %s', (_, spoken, words, finding) => {
  const stale = spoken.left === undefined ? rows : rows.map((row) => (row.id === 'gone-2=' ? gone(2, true) : row));
  const judgement = everyPageIsRead.judge(seen(spoken, { rows: stale }));
  expect(judgement).toMatchObject({
    outcome: 'failed',
    actual: expect.stringContaining(words),
    at: { handler: 'send-message.ts' },
  });
  expect('finding' in judgement ? judgement.finding?.id : undefined).toBe(finding);
});

test.each([
  ['before its sender gets an error', {}, "Linus (page 5) didn't get it. The function that sends"],
  ['and its sender gets an error', { told }, 'got an error: "Internal server error". Ada, Grace, and Linus'],
])('says that the function timed out, %s', (_, more, words) => {
  const log = [{ source: 'log', about: 'SendMessage', lines: ['Task timed out after 10.00 seconds'] }];
  const judgement = everyPageIsRead.judge(seen({ ...heard(0, 0, 0), ...more }, { log, timedOut: true }));
  expect(judgement).toMatchObject({
    outcome: 'failed',
    actual: expect.stringContaining(words),
    finding: { id: 'no-end' },
    evidence: expect.arrayContaining(log),
  });
  expect(judgement).toMatchObject({ actual: expect.stringContaining('messages timed out, as its log says') });
});

test('says so if nobody can connect', () => {
  expect(everyPageIsRead.judge(seen({}, shutDoor))).toMatchObject(saysThatItIsShut);
});

test('marks only what was said about the message that somebody missed', () => {
  const conversation = [
    '+1 ms  Ada → {"action":"sendmessage","text":"Tea?"}',
    '+2 ms  Linus ← {"type":"message","text":"Tea?"}',
    '+3 ms  Grace → {"action":"sendmessage","text":"Cake?"}',
    '+4 ms  Ada ← {"type":"message","text":"Cake?"}',
  ];
  const second = { speaker: 'Grace', heard: { ...once, Linus: 0 } };
  expect(everyPageIsRead.judge(seen({ second }, { conversation }))).toMatchObject({
    evidence: [{ source: 'Scan', marked: [6] }, { marked: [2, 3] }],
  });
});

test('names both people if another one than the speaker gets an error', () => {
  const judgement = everyPageIsRead.judge(seen({ ...heard(0, 0, 0), told: { ...told, who: 'Grace' } }));
  expect(judgement).toMatchObject({ actual: expect.stringContaining('Ada sent a message, and Grace got an error: ') });
});

const LOG = 'SendMessageLog';
const logOf = (error: string) => [
  { source: 'log', about: LOG, lines: [`2026-11-30T18:45:15.762Z 4bcb ERROR ${error}`] },
];

test.each([
  ['TypeError: items is not iterable', 'The function failed with TypeError: items is not iterable.'],
  [
    'AccessDeniedException: User: x is not authorized to perform: dynamodb:Scan on resource: y',
    "The function isn't allowed dynamodb:Scan.",
  ],
  [
    'AccessDeniedException: User: x is not authorized to perform: dynamodb:Scan on resource: a:table/*',
    'The function called dynamodb:Scan without the name of a table: `TableName` is undefined.',
  ],
])('names the error of the function: %s', (error, words) => {
  const log = logOf(error);
  const judgement = everyPageIsRead.judge(seen({ ...heard(0, 0, 0), told }, { log, sender: 'SendMessage' }));
  expect(judgement).toMatchObject({ outcome: 'failed', actual: expect.stringContaining(`get the message. ${words}`) });
  expect('at' in judgement ? judgement.at : undefined).toEqual(
    error.endsWith(': y') ? 'SendMessage' : { handler: 'send-message.ts', near: expect.any(Array) },
  );
});

test.each<[string, Partial<AmongGhosts>, string]>([
  ['posts if everybody gets a message twice', heard(2, 2, 2), 'inParallel('],
  ['reads if some people get it more often than others', heard(3, 2, 1), 'ScanCommand('],
  ['deletes if stale rows stay', { left }, 'forget('],
  ['deletes if a row of somebody present is deleted', { lost: ['Linus'] }, 'forget('],
])('points at the line that %s', (_, spoken, text) => {
  const judgement = everyPageIsRead.judge(seen(spoken));
  expect(judgement).toMatchObject({ at: { near: expect.arrayContaining([text]) } });
  expect('at' in judgement && typeof judgement.at === 'object' && 'near' in judgement.at && judgement.at.near[0]).toBe(
    text,
  );
});

test.each<[string, Partial<AmongGhosts>, boolean]>([
  ['throws if the sender gets an error', heard(0, 0, 0), true],
  ['deletes if somebody lost their row, too', { lost: ['Linus'] }, false],
])('points at the line that %s', (_, spoken, isThrown) => {
  const log = [
    { source: 'log', about: LOG, lines: [...(logOf('TypeError: x')[0]?.lines ?? []), '    at functions/a.ts:7:3'] },
  ];
  const judgement = everyPageIsRead.judge(seen({ ...spoken, told }, { log }));
  expect(judgement).toMatchObject({
    outcome: 'failed',
    place: isThrown ? { file: 'functions/a.ts', line: 7 } : undefined,
    finding: { id: isThrown ? 'error-instead' : 'living-row-deleted' },
    at: { handler: 'send-message.ts' },
  });
});
