// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are policy variables.
import { expect, test } from 'vitest';
import { account, allow, ask, decisionOf, docs, policy, type Row } from './asked.ts';

const get = 's3:GetObject';
const key = 'arn:aws:s3:::bucket/key';
const variables = `${docs}reference_policies_variables.html`;

const rows: readonly Row[] = [
  [
    variables,
    'a variable',
    allow('*', 'arn:aws:s3:::bucket/${aws:username}/*'),
    get,
    'arn:aws:s3:::bucket/ann/x',
    'allowed',
    { 'aws:username': 'ann' },
  ],
  [
    variables,
    'its case does not count',
    allow('*', 'arn:aws:s3:::bucket/${AWS:UserName}'),
    get,
    'arn:aws:s3:::bucket/ann',
    'allowed',
    { 'aws:username': 'ann' },
  ],
  [
    variables,
    'another value',
    allow('*', 'arn:aws:s3:::bucket/${aws:username}/*'),
    get,
    'arn:aws:s3:::bucket/bob/x',
    'none',
    { 'aws:username': 'ann' },
  ],
  [
    variables,
    'a missing value matches nothing',
    allow('*', 'arn:aws:s3:::bucket/${aws:username}*'),
    get,
    'arn:aws:s3:::bucket/',
    'none',
  ],
  [
    variables,
    'a default',
    allow('*', "arn:aws:s3:::bucket/${aws:PrincipalTag/team, 'all'}/*"),
    get,
    'arn:aws:s3:::bucket/all/x',
    'allowed',
  ],
  [
    variables,
    'a default gives way',
    allow('*', "arn:aws:s3:::bucket/${aws:PrincipalTag/team, 'all'}/*"),
    get,
    'arn:aws:s3:::bucket/all/x',
    'none',
    { 'aws:PrincipalTag/team': 'red' },
  ],
  [
    variables,
    'wildcards in a value are no wildcards',
    allow('*', 'arn:aws:s3:::bucket/${aws:username}'),
    get,
    key,
    'none',
    { 'aws:username': '*' },
  ],
  [variables, 'a star that is a star', allow('*', 'arn:aws:s3:::bucket/${*}'), get, 'arn:aws:s3:::bucket/*', 'allowed'],
  [variables, 'and no wildcard', allow('*', 'arn:aws:s3:::bucket/${*}'), get, key, 'none'],
  [variables, 'a question mark that is one', allow('*', 'arn:aws:s3:::bucket/ke${?}'), get, key, 'none'],
  [variables, 'a dollar', allow('*', 'arn:aws:s3:::bucket/${$}{x}'), get, 'arn:aws:s3:::bucket/${x}', 'allowed'],
  [
    variables,
    'only in the last part of an ARN',
    allow('*', 'arn:aws:sqs:us-east-1:${aws:PrincipalAccount}:q'),
    get,
    'arn:aws:sqs:us-east-1:111122223333:q',
    'none',
    { 'aws:PrincipalAccount': account },
  ],
  [
    variables,
    'several values are no value',
    allow('*', 'arn:aws:s3:::bucket/${aws:TagKeys}'),
    get,
    'arn:aws:s3:::bucket/a',
    'none',
    { 'aws:TagKeys': ['a', 'b'] },
  ],
  [
    variables,
    'not closed, so text',
    allow('*', 'arn:aws:s3:::bucket/${aws:username'),
    get,
    'arn:aws:s3:::bucket/${aws:username',
    'allowed',
  ],
];

test.each<Row>(rows)('%s: %s', (...row) => {
  expect(decisionOf(row)).toBe(row[5]);
});

test('variables are plain text before version 2012-10-17', () => {
  const old = policy(allow('*', 'arn:aws:s3:::bucket/${aws:username}'), '2008-10-17');
  const context = { 'aws:username': 'ann' };
  expect(ask({ resource: 'arn:aws:s3:::bucket/ann', context, identityPolicies: [old] }).decision).toBe('implicitDeny');
  const literal = ask({ resource: 'arn:aws:s3:::bucket/${aws:username}', context, identityPolicies: [old] });
  expect(literal.decision).toBe('allowed');
});
