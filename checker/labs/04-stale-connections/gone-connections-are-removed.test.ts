import { expect, test } from 'vitest';
import type { AmongGhosts } from '../../probe/among-ghosts.ts';
import { goneConnectionsAreRemoved, type Observation } from './gone-connections-are-removed.ts';

const room = { apiId: 'api1', api: 'Api', stageName: 'room', address: 'ws://127.0.0.1/room' };
const ids = ['L0SM9cOFvHcCIhw=', 'M1xB2dPGwIdDJix=', 'K9aT7eQHxJeEKjy='];
const left = (count: number) => ids.slice(0, count).map((id) => ({ connectionId: { S: id } }));
const once = { Ada: 1, Grace: 1 };
const right: AmongGhosts = {
  first: { speaker: 'Ada', heard: once },
  second: { speaker: 'Grace', heard: once },
  left: [],
  lost: [],
};
const internal = '{"message": "Internal server error", "connectionId":"M1xB2dPGwIdDJix=", "requestId":"R2y="}';

function seen(spoken: Partial<AmongGhosts>, more: Partial<Observation> = {}): Observation {
  const isLeft = (id: string) => (spoken.left ?? []).some((row) => row.connectionId?.S === id);
  const gone = ids.map((id) => ({ id, page: 1, isLeft: isLeft(id) }));
  const rows = [
    gone[0],
    { id: 'N2yC=', of: 'Ada', page: 1, isLeft: true },
    gone[1],
    { id: 'P3zD=', of: 'Grace', page: 1, isLeft: true },
    gone[2],
  ];
  return {
    room,
    spoken: { ...right, ...spoken },
    rows: rows.filter((row) => row !== undefined),
    table: 'Connections',
    tables: ['Connections', 'Presence'],
    conversation: [],
    log: [],
    ...more,
  };
}

test('says when the connections began of which some rows stay', () => {
  const rows = ids.map((id, index) => ({ id, page: 1, age: (index + 4) * 60_000 }));
  const judge = (count: number) => {
    const seenRows = rows.map((row, index) => ({ ...row, isLeft: index < count }));
    return goneConnectionsAreRemoved.judge(seen({ left: left(count) }, { rows: seenRows }));
  };
  expect(judge(1)).toMatchObject({ actual: expect.stringMatching(/1 of the 3 .*\. That one began 4 minutes ago\.$/) });
  expect(judge(2)).toMatchObject({ actual: expect.stringContaining('The youngest of these began 4 minutes ago.') });
  expect(judge(3)).toMatchObject({ actual: expect.stringMatching(/all 3 stale connections\.$/) });
});

test('passes if everyone got each message once and the stale rows are gone', () => {
  expect(goneConnectionsAreRemoved.judge(seen({})).outcome).toBe('passed');
});

test('says if `$disconnect` deletes no rows, which this lab is not about', () => {
  const judgement = goneConnectionsAreRemoved.judge(seen({}, { isNobodyForgotten: true }));
  expect(judgement).toMatchObject({ outcome: 'passed', remark: expect.stringContaining('`$disconnect` deleted none') });
});

test('decides nothing if several people share a row', () => {
  const { spoken: _, ...unseen } = seen({}, { shared: 'Connections' });
  expect(goneConnectionsAreRemoved.judge(unseen)).toMatchObject({
    outcome: 'inconclusive',
    reason: expect.stringContaining('The table Connections has several connections in one row'),
  });
});

test('decides nothing if rows stay that are recent by their key', () => {
  expect(goneConnectionsAreRemoved.judge(seen({}, { recentLeft: 2 }))).toMatchObject({
    outcome: 'inconclusive',
    reason: expect.stringContaining('They have a recent time in their key'),
  });
});

test('decides nothing if API Gateway throttles', () => {
  expect(goneConnectionsAreRemoved.judge(seen({}, { refused: 429 })).outcome).toBe('inconclusive');
});

test('marks the rows that should not be there', () => {
  const judgement = goneConnectionsAreRemoved.judge(seen({ left: left(1) }));
  const evidence = 'evidence' in judgement ? judgement.evidence : [];
  expect(evidence.find(({ source }) => source === 'Scan')).toMatchObject({ about: 'Connections', marked: [0] });
});

const told = { who: 'Ada', text: internal };
const deaf = { speaker: 'Ada', heard: { Ada: 1, Grace: 0 } };

test.each<[string, Partial<AmongGhosts>, string, string | undefined]>([
  ['the sender gets an error and the rows stay', { told, left: left(3) }, 'the next message will fail, too', undefined],
  ['the sender gets an error once', { told }, 'the stale rows were deleted', 'error-all-the-same'],
  ['somebody gets no message', { first: deaf, second: undefined }, "Grace didn't get it. Nobody", 'some-hear-nothing'],
  [
    'the error ends the loop',
    { first: deaf, second: undefined, told, left: left(3) },
    "Grace didn't get",
    'some-hear-nothing',
  ],
  [
    'a row of somebody present is deleted',
    { lost: ['Grace'], left: left(3), told },
    'Grace is connected',
    'living-row-deleted',
  ],
  [
    'somebody gets a message twice',
    { first: { speaker: 'Ada', heard: { Ada: 1, Grace: 2 } } },
    '2 times',
    'heard-twice',
  ],
  [
    'somebody gets a different text',
    { first: { ...deaf, instead: { Grace: '{"type":"message","text":"hi"}' } }, second: undefined },
    'Grace got something else: {"type"',
    'different-text',
  ],
  ['the rows stay and nobody notices', { left: left(3) }, 'the rows of all 3 stale connections.', 'rows-stay'],
  ['one row stays', { left: left(1) }, 'the rows of 1 of the 3 stale connections', 'rows-stay'],
])('fails if %s', (_, spoken, words, finding) => {
  const judgement = goneConnectionsAreRemoved.judge(seen(spoken));
  expect(judgement).toMatchObject({
    outcome: 'failed',
    actual: expect.stringContaining(words),
    at: { handler: 'send-message.ts' },
  });
  expect('finding' in judgement ? judgement.finding?.id : undefined).toBe(finding);
  expect(goneConnectionsAreRemoved.findings?.map(({ id }) => id)).toContain(finding ?? 'rows-stay');
});

const denied = (table: string) =>
  `AccessDeniedException: User: arn:x is not authorized to perform: dynamodb:DeleteItem on resource: arn:aws:dynamodb:us-east-1:111122223333:table/${table} because no identity-based policy allows it`;
const nobody = { first: { ...deaf, heard: { Ada: 0, Grace: 0 } }, second: undefined, told };
const stays = { told, left: left(3) };

test.each<[string, Partial<AmongGhosts>, string]>([
  [
    denied('Presence'),
    nobody,
    "but nobody got it. Ada got an error: .* The function isn't allowed dynamodb:DeleteItem on the table Presence\\.",
  ],
  ['TypeError: no.', stays, 'The function failed with TypeError: no\\.'],
  ['ReferenceError: GoneException is not defined', stays, 'ReferenceError: GoneException is not defined\\.'],
  ["TypeError: Cannot read properties of undefined (reading '410')", stays, 'failed with TypeError: Cannot read'],
])('says that the function failed with %s', (error, spoken, words) => {
  expect(goneConnectionsAreRemoved.judge(seen(spoken, { log: logOf(error) }))).toMatchObject({
    actual: expect.stringMatching(words),
    finding: { id: 'function-fails' },
  });
});

test('points at the function in the stack if AWS denied a call', () => {
  const judgement = goneConnectionsAreRemoved.judge(
    seen(stays, { log: logOf(denied('Connections/index/byName')), sender: 'SendMessage33FB0275' }),
  );
  expect(judgement).toMatchObject({ at: 'SendMessage33FB0275', finding: { id: 'function-fails' } });
});

test("points at the call if AWS denied it for a table that isn't the stack's", () => {
  const judgement = goneConnectionsAreRemoved.judge(
    seen(stays, { log: logOf(denied('Rows')), sender: 'SendMessage33FB0275' }),
  );
  expect(judgement).toMatchObject({
    actual: expect.stringContaining(
      "The function isn't allowed dynamodb:DeleteItem on the table Rows. The room's table is Connections.",
    ),
    at: { handler: 'send-message.ts' },
    place: { file: 'functions/forget.ts', line: 1 },
    finding: { id: 'other-table' },
  });
});

test("says that a call had no table's name, which IAM reports as every table", () => {
  expect(goneConnectionsAreRemoved.judge(seen(stays, { log: logOf(denied('*')) }))).toMatchObject({
    actual: expect.stringContaining(
      "called dynamodb:DeleteItem without the name of a table: `TableName` is undefined. The room's table is Connections.",
    ),
    finding: { id: 'other-table' },
  });
});

test.each<[string, Partial<AmongGhosts>, string]>([
  [
    'before its sender gets an error',
    { first: deaf, second: undefined, left: left(2) },
    "Grace didn't get it. The function",
  ],
  [
    'and its sender gets an error',
    { first: deaf, second: undefined, left: left(2), told },
    `Grace didn't get it. Ada got an error: "Internal server error". The function`,
  ],
  ['before it has deleted all rows', { left: left(2), told }, 'of the 3 stale connections.'],
])('says that the function timed out, %s', (_, spoken, words) => {
  const judgement = goneConnectionsAreRemoved.judge(seen(spoken, { timedOut: true }));
  expect(judgement).toMatchObject({
    outcome: 'failed',
    actual: expect.stringContaining(words),
    finding: { id: 'no-end' },
  });
  expect(judgement).toMatchObject({ actual: expect.stringContaining('timed out, as its log says.') });
  expect(judgement).not.toMatchObject({ actual: expect.stringMatching(/obody got an error/) });
});

test('points at a `forEach` that awaits nothing if somebody gets no message', () => {
  expect(goneConnectionsAreRemoved.judge(seen({ first: deaf, second: undefined }))).toMatchObject({
    at: { near: expect.arrayContaining(['forEach(async']) },
  });
});

test.each([
  'GoneException: UnknownError',
  'AggregateError: 3 posts failed',
  'Error: connection gone',
  'Error: Some posts failed',
  'Error: UnknownError',
])("doesn't take %s for another error than the 410", (error) => {
  expect(goneConnectionsAreRemoved.judge(seen(stays, { log: logOf(error) }))).not.toHaveProperty('finding');
});

function logOf(error: string): Observation['log'] {
  return [
    {
      source: 'log',
      lines: [`2026-11-24T02:42:34.158Z f4f9107f ERROR ${error}`, '    at forget (functions/forget.ts:1:2)'],
    },
  ];
}

test('fails if more stale rows than one request deletes stay', () => {
  const many = { ...right, second: undefined, told, left: left(2) };
  const log = logOf('ValidationException: Too many items requested for the BatchWriteItem call');
  expect(goneConnectionsAreRemoved.judge(seen({}, { many }))).toMatchObject({
    outcome: 'failed',
    actual: expect.stringMatching(
      /Then this check added 30 more\. Everyone .* 2 of the rows of the 30 stale connections/,
    ),
  });
  expect(goneConnectionsAreRemoved.judge(seen({}, { many, log }))).toMatchObject({
    actual: expect.stringContaining('The function failed with ValidationException: Too many items'),
    finding: { id: 'function-fails' },
    evidence: expect.arrayContaining([expect.objectContaining({ source: 'Scan', marked: [0, 1] })]),
  });
  expect(goneConnectionsAreRemoved.judge(seen({}, { many: right })).outcome).toBe('passed');
});

test('fails if a connected person has no row', () => {
  const judgement = goneConnectionsAreRemoved.judge(seen({}, { rowless: ['Ada'] }));
  expect(judgement).toMatchObject({ outcome: 'failed', at: { handler: 'connect.ts' } });
});

test('fails if somebody gets no message while each read returns one row', () => {
  const rowByRow: AmongGhosts = { first: deaf, left: [], lost: [], told };
  expect(goneConnectionsAreRemoved.judge(seen({}, { many: right, rowByRow }))).toMatchObject({
    outcome: 'failed',
    actual: expect.stringMatching(/let each read of the table return one row, .* Ada sent a message, and Grace didn't/),
    at: { near: expect.arrayContaining(['ScanCommand(']) },
    finding: { id: 'one-page' },
  });
  expect(goneConnectionsAreRemoved.judge(seen({}, { rowByRow: right })).outcome).toBe('passed');
});
