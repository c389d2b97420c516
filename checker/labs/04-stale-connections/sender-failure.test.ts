import { expect, test } from 'vitest';
import { deaf, left, logOf, seen, told } from '../../../tests/checker/stale-rows-seen.ts';
import type { AmongGhosts } from '../../probe/among-ghosts.ts';
import { goneConnectionsAreRemoved } from './gone-connections-are-removed.ts';

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

test.each([
  'GoneException: UnknownError',
  'AggregateError: 3 posts failed',
  'Error: connection gone',
  'Error: Some posts failed',
  'Error: UnknownError',
])("doesn't take %s for another error than the 410", (error) => {
  expect(goneConnectionsAreRemoved.judge(seen(stays, { log: logOf(error) }))).not.toHaveProperty('finding');
});
