import { type AttributeValue, QueryCommand, type TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  check,
  count,
  counters,
  failure,
  message,
  messages,
  oneItem,
  put,
  TransactedTables,
} from './transacted-tables.ts';

let tables: TransactedTables;

beforeAll(async () => {
  tables = await TransactedTables.create();
});
afterAll(() => tables.close());
beforeEach(() => tables.empty());

/** Returns the reasons of a transaction's cancellation. */
async function reasons(items: TransactWriteItem[]): Promise<unknown> {
  const error = await tables.write(items).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name: 'TransactionCanceledException' });
  return (error as { CancellationReasons: unknown }).CancellationReasons;
}

test('all changes of a transaction happen, in two tables and an index', async () => {
  const arn = `arn:aws:dynamodb:us-east-1:111122223333:table/${messages}`;
  await tables.write([put('1', 'attribute_not_exists(channel)'), count()]);
  await tables.write([
    { Put: { TableName: arn, Item: message('2') } },
    { Delete: { TableName: messages, Key: { channel: { S: 'release' }, at: { S: '1' } } } },
    count(),
    check('general', 'attribute_not_exists(id)'),
  ]);
  expect([await tables.times(), await tables.said(), await tables.said('general')]).toEqual([['2'], '2', undefined]);
  await tables.write([put('2'), check('release')]);
  expect(await tables.said()).toBe('2');
  const { Items } = await tables.dynamodb.send(
    new QueryCommand({
      TableName: messages,
      IndexName: 'bySender',
      KeyConditionExpression: '#from = :from',
      ExpressionAttributeNames: { '#from': 'from' },
      ExpressionAttributeValues: { ':from': { S: 'ada' } },
    }),
  );
  expect(Items).toEqual([message('2')]);
});

test('a condition that fails cancels everything, and the error has the reason of each part', async () => {
  await tables.write([put('1')]);
  const again = put('1', 'attribute_not_exists(channel)');
  const showing = { Put: { ...again.Put, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const } } as const;
  const failed = { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed' };
  const codes = 'None, ConditionalCheckFailed, ConditionalCheckFailed';
  await expect(tables.write([count(), showing as TransactWriteItem, check('nothing')])).rejects.toMatchObject({
    name: 'TransactionCanceledException',
    message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    CancellationReasons: [{ Code: 'None' }, { ...failed, Item: message('1') }, failed],
    $metadata: { httpStatusCode: 400 },
  });
  expect(await reasons([again, count()])).toEqual([failed, { Code: 'None' }]);
  expect([await tables.times(), await tables.said()]).toEqual([['1'], undefined]);
});

test('an invalid item cancels everything, and only the first is reported', async () => {
  const wrong = { Put: { TableName: counters, Item: { id: { N: '7' } } } };
  expect(await reasons([count(), wrong, { Delete: { TableName: counters, Key: {} } }, check('nothing')])).toEqual([
    { Code: 'None' },
    { Code: 'ValidationError', Message: expect.stringContaining('Type mismatch for key id') },
    { Code: 'None' },
    { Code: 'None' },
  ]);
  await tables.write([{ Put: { TableName: counters, Item: { id: { S: 'text' }, said: { S: 'no number' } } } }]);
  expect(await reasons([count(), count('text')])).toEqual([
    { Code: 'None' },
    { Code: 'ValidationError', Message: 'An operand in the update expression has an incorrect data type' },
  ]);
  expect(await tables.said()).toBeUndefined();
});

test('an empty key is invalid, rather than a reason for a cancellation', async () => {
  const empty =
    /^ValidationException: One or more parameter values are not valid. The AttributeValue .* an empty string value. Key: id$/;
  expect(await failure(tables.write([put('1'), count('')]))).toMatch(empty);
  expect(await failure(tables.write([{ Put: { TableName: counters, Item: { id: { S: '' } } } }]))).toMatch(empty);
});

const text = { S: 'x'.repeat(380_000) };
const deep = Array.from({ length: 33 }).reduce<AttributeValue>((inner) => ({ L: [inner] }), { S: 'x' });

/** Returns a change of a counter that has all its size in a value. */
const mark = (id: string): TransactWriteItem => ({
  Update: {
    TableName: counters,
    Key: { id: { S: id } },
    UpdateExpression: 'SET mark = :text',
    ExpressionAttributeValues: { ':text': text },
  },
});

test.each<[string, TransactWriteItem[], RegExp]>([
  ['no parts', [], /^ValidationException: .* Value '\[\]' at 'transactItems' .* greater than or equal to 1$/],
  ['101 parts', Array.from({ length: 101 }, (_, at) => put(`${at}`)), /'transactItems' .* less than or equal to 100$/],
  ['an empty part', [{}], /^ValidationException: Invalid Request/],
  ['two operations in a part', [{ ...put('1'), ...count() }], /^ValidationException: .* can only contain one of/],
  ['two changes of an item', [count(), count()], oneItem],
  ['a check of an item that it changes', [count(), check('release')], oneItem],
  ['an unknown table', [{ Put: { TableName: 'nowhere', Item: message('1') } }], /^ResourceNotFoundException/],
  [
    'a check without a condition',
    [{ ConditionCheck: { TableName: counters, Key: { id: { S: 'a' } }, ConditionExpression: undefined } }],
    /^ValidationException: .* null at 'transactItems.1.member.conditionCheck.conditionExpression'/,
  ],
  [
    'an unknown value',
    [{ Put: { ...put('1').Put, ReturnValuesOnConditionCheckFailure: 'SOME' } } as never],
    /^ValidationException: .* 'SOME' at 'transactItems.1.member.put.returnValuesOnConditionCheckFailure'/,
  ],
  ['an unknown name', [put('1', 'attribute_exists(#no)')], /^ValidationException: .*#no/],
  [
    'a value that is nested too deeply',
    [{ Put: { TableName: messages, Item: { ...message('1'), deep } } }],
    /Nesting Levels/,
  ],
  ['bad syntax', [put('1', 'hello!')], /^ValidationException: .*Syntax error/],
  [
    'more than 4 MB',
    Array.from({ length: 12 }, (_, at) => ({ Put: { TableName: messages, Item: { ...message(`${at}`), text } } })),
    /^ValidationException: .* size cannot exceed/,
  ],
  [
    'more than 4 MB in its values',
    Array.from({ length: 12 }, (_, at) => mark(`${at}`)),
    /^ValidationException: .* size cannot exceed/,
  ],
])('a transaction with %s is rejected', async (_, items, expected) => {
  expect(await failure(tables.write(items))).toMatch(expected);
  expect([await tables.times(), await tables.said(), tables.account.said]).toEqual([[], undefined, []]);
});

test('sizes of item collections are unsupported', async () => {
  const more = (ReturnItemCollectionMetrics: 'SIZE' | 'NONE') =>
    tables.write([count()], { ReturnItemCollectionMetrics });
  expect(await failure(more('SIZE'))).toMatch(/^NotImplemented: .* ReturnItemCollectionMetrics/);
  await more('NONE');
  expect(await tables.said()).toBe('1');
});
