import { expect, test } from 'vitest';
import { deaf, ids, left, logOf, right, seen, told } from '../../../tests/checker/stale-rows-seen.ts';
import type { AmongGhosts } from '../../probe/among-ghosts.ts';
import { goneConnectionsAreRemoved } from './gone-connections-are-removed.ts';

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

test('points at a `forEach` that awaits nothing if somebody gets no message', () => {
  expect(goneConnectionsAreRemoved.judge(seen({ first: deaf, second: undefined }))).toMatchObject({
    at: { near: expect.arrayContaining(['forEach(async']) },
  });
});

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
