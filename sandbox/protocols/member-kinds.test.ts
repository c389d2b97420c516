import { expect, it } from 'vitest';
import { checkMemberKinds } from './member-kinds.ts';

it('omits null values, and nothing else', () => {
  const input = { Name: 'a', Overwrite: false, Names: ['a'], ExpressionAttributeNames: { '#a': 'a' }, TagKeys: '' };
  expect(checkMemberKinds({ ...input, Description: null })).toEqual(input);
});

it.each([
  null,
  [],
  'text',
  5,
  { Name: 5 },
  { TableName: {} },
  { StackName: [] },
  { Role: true },
  { Names: 'a' },
  { Names: [null] },
  { ResourceArns: [{}] },
  { Value: false },
  { KeySchema: 'a' },
  { Filters: [null] },
  { Filters: [{ Key: 'Name', Values: 'a' }] },
  { Tags: [{ Key: {} }] },
  { Tags: { a: 'b' } },
  { RequestItems: [] },
  { RequestItems: { table: [null] } },
  { RequestItems: { table: 'a' } },
  { TransactItems: {} },
  { TransactItems: [null] },
  { TransactItems: [{ Put: 'a' }] },
  { TransactItems: [{ Put: { TableName: 5 } }] },
])('refuses %j as AWS does', (input) => {
  expect(() => checkMemberKinds(input)).toThrowError(expect.objectContaining({ code: 'SerializationException' }));
});

it("accepts tags as a map if that is the service's format, and then no other", () => {
  expect(checkMemberKinds({ Tags: { a: 'b' } }, { tagsAreMap: true })).toEqual({ Tags: { a: 'b' } });
  for (const Tags of [[{ Key: 'a', Value: 'b' }], { a: 5 }, 'a']) {
    expect(() => checkMemberKinds({ Tags }, { tagsAreMap: true })).toThrowError(
      expect.objectContaining({ code: 'SerializationException' }),
    );
  }
});
