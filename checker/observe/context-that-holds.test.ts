import { expect, test } from 'vitest';
import { conditionsOf } from '../../sandbox/iam-policy/conditions.ts';
import { RequestContext } from '../../sandbox/iam-policy/request-context.ts';
import { contextThatHolds } from './context-that-holds.ts';

test.each<[object]>([
  [{ StringEquals: { 'aws:PrincipalTag/team': ['red', 'blue'] } }],
  [{ StringLike: { 'aws:UserAgent': 'aws-sdk-*' } }],
  [{ StringNotLike: { 'aws:PrincipalTag/team': ['r*', 'notes'] } }],
  [{ IpAddress: { 'aws:SourceIp': '203.0.113.0/24' }, Bool: { 'aws:SecureTransport': 'true' } }],
  [{ NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }],
  [{ DateGreaterThan: { 'aws:CurrentTime': '2100-01-01T00:00:00Z' } }],
  [{ DateLessThan: { 'aws:CurrentTime': '2100-01-01T00:00:00Z' } }],
  [{ NumericGreaterThan: { 'aws:MultiFactorAuthAge': '300' } }],
  [{ ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::*' } }],
  [{ ArnNotEquals: { 'lambda:SourceFunctionArn': 'arn:aws:lambda:us-east-1:111122223333:function:f' } }],
  [{ 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['team'] } }],
  [{ 'ForAllValues:StringLike': { 'dynamodb:Attributes': ['id', 'name'] } }],
  [{ StringEqualsIfExists: { 'aws:RequestedRegion': 'eu-west-1' } }],
  [{ Null: { 'aws:SourceVpc': 'false' } }],
  [
    {
      DateGreaterThan: { 'aws:CurrentTime': '2100-01-01T00:00:00Z' },
      DateLessThan: { 'aws:CurrentTime': '2101-01-01T00:00:00Z' },
    },
  ],
])('satisfies %j', (condition) => {
  const entries = contextThatHolds(condition, true);
  const context = new RequestContext(
    Object.fromEntries(
      entries.map(({ ContextKeyName = '', ContextKeyValues = [] }) => [ContextKeyName, ContextKeyValues]),
    ),
  );
  expect(entries).not.toEqual([]);
  expect(conditionsOf(condition, true).every((each) => each.holds(context))).toBe(true);
});

test('leaves out a key that must be absent, or that no value satisfies', () => {
  expect(contextThatHolds({ Null: { 'aws:SourceVpc': 'true' } }, true)).toEqual([]);
  expect(contextThatHolds({ StringEquals: { a: 'x' }, StringNotEquals: { a: 'x' } }, true)).toEqual([]);
});
