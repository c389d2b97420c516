import { expect, test } from 'vitest';
import { allow, decisionOf, docs, type Row } from './asked.ts';

const get = 's3:GetObject';
const key = 'arn:aws:s3:::bucket/key';
const api = 'arn:aws:execute-api:us-east-1:111122223333:abc/prod/POST/@connections/x=';
const resources = `${docs}reference_policies_elements_resource.html`;
const notResources = `${docs}reference_policies_elements_notresource.html`;
const incomplete = `${docs}reference-arns.html`;

const rows: readonly Row[] = [
  [resources, 'a resource, written out', allow('*', key), get, key, 'allowed'],
  [resources, 'the case of a resource counts', allow('*', 'arn:aws:s3:::bucket/KEY'), get, key, 'none'],
  [
    resources,
    'a star goes over slashes',
    allow('*', 'arn:aws:s3:::bucket/*'),
    get,
    'arn:aws:s3:::bucket/a/b/c',
    'allowed',
  ],
  [resources, 'but the bucket is not in it', allow('*', 'arn:aws:s3:::bucket/*'), get, 'arn:aws:s3:::bucket', 'none'],
  [
    resources,
    'a star may stand for nothing',
    allow('*', 'arn:aws:s3:::bucket/*'),
    get,
    'arn:aws:s3:::bucket/',
    'allowed',
  ],
  [
    resources,
    'AWS example 1',
    allow('*', 'arn:aws:s3:::b/*/test/*'),
    get,
    'arn:aws:s3:::b/1/test/object.jpg',
    'allowed',
  ],
  [
    resources,
    'AWS example 2',
    allow('*', 'arn:aws:s3:::b/*/test/*'),
    get,
    'arn:aws:s3:::b/1///test///o.jpg',
    'allowed',
  ],
  [resources, 'AWS example 3', allow('*', 'arn:aws:s3:::b/*/test/*'), get, 'arn:aws:s3:::b/1-test/object.jpg', 'none'],
  [resources, 'AWS example 4', allow('*', 'arn:aws:s3:::b/*/test/*'), get, 'arn:aws:s3:::b/test/object.jpg', 'none'],
  [resources, 'a star at the end of a part goes over colons', allow('*', 'arn:aws:s3:*'), get, key, 'allowed'],
  [
    resources,
    'also in the middle',
    allow('*', 'arn:aws:sqs:*:jobs'),
    get,
    'arn:aws:sqs:us-east-1:111122223333:jobs',
    'allowed',
  ],
  [
    resources,
    'a star within a part does not',
    allow('*', 'arn:aws:sqs:us*1:jobs'),
    get,
    'arn:aws:sqs:us-east-1:11:jobs',
    'none',
  ],
  [
    resources,
    'it stays in its part',
    allow('*', 'arn:aws:sqs:us*1:*:jobs'),
    get,
    'arn:aws:sqs:us-east-1:11:jobs',
    'allowed',
  ],
  [resources, 'a question mark is no colon', allow('*', 'arn:aws:s3?::bucket/key'), get, key, 'none'],
  [incomplete, 'missing parts are wildcards', allow('*', 'arn:aws:s3'), get, key, 'allowed'],
  [incomplete, 'with the region', allow('*', 'arn:aws:execute-api:us-east-1'), 'execute-api:Invoke', api, 'allowed'],
  [incomplete, 'another region', allow('*', 'arn:aws:execute-api:eu-west-1'), 'execute-api:Invoke', api, 'none'],
  [incomplete, 'another service', allow('*', 'arn:aws:sqs'), get, key, 'none'],
  [incomplete, 'in a NotResource', { Effect: 'Allow', Action: '*', NotResource: 'arn:aws:s3' }, get, key, 'none'],
  [
    resources,
    'a star in a key goes over colons',
    allow('*', 'arn:aws:s3:::b/*x'),
    get,
    'arn:aws:s3:::b/a:b:x',
    'allowed',
  ],
  [resources, 'region and account', allow('*', 'arn:aws:execute-api:*:*:abc/*'), get, api, 'allowed'],
  [
    resources,
    'what grantManageConnections gives',
    allow('*', 'arn:aws:execute-api:us-east-1:111122223333:abc/*/*/@connections/*'),
    get,
    api,
    'allowed',
  ],
  [
    resources,
    'and not for another API',
    allow('*', 'arn:aws:execute-api:us-east-1:111122223333:xyz/*/*/@connections/*'),
    get,
    api,
    'none',
  ],
  [
    resources,
    'nor for its routes',
    allow('*', 'arn:aws:execute-api:us-east-1:111122223333:abc/*/*/@connections/*'),
    get,
    'arn:aws:execute-api:us-east-1:111122223333:abc/prod/$connect',
    'none',
  ],
  [resources, 'one of several', allow('*', ['arn:aws:s3:::x', key]), get, key, 'allowed'],
  [
    resources,
    'no resource in the request needs the star',
    allow('*', 'arn:aws:s3:::*'),
    's3:ListAllMyBuckets',
    '*',
    'none',
  ],
  [resources, 'and has it', allow('*', '*'), 's3:ListAllMyBuckets', '*', 'allowed'],
  [
    resources,
    'an identity-based policy without Resource is invalid',
    { Effect: 'Allow', Action: '*' },
    get,
    key,
    'none',
  ],
  [
    notResources,
    'all but the listed',
    { Effect: 'Allow', Action: '*', NotResource: 'arn:aws:s3:::x/*' },
    get,
    key,
    'allowed',
  ],
  [
    notResources,
    'the listed',
    { Effect: 'Allow', Action: '*', NotResource: 'arn:aws:s3:::bucket/*' },
    get,
    key,
    'none',
  ],
  [
    notResources,
    'denied unless listed',
    { Effect: 'Deny', Action: 's3:*', NotResource: ['arn:aws:s3:::x', 'arn:aws:s3:::x/*'] },
    get,
    key,
    'deny',
  ],
  [
    notResources,
    'and not denied if',
    [{ Effect: 'Deny', Action: 's3:*', NotResource: key }, allow('*')],
    get,
    key,
    'allowed',
  ],
];

test.each<Row>(rows)('%s: %s', (...row) => {
  expect(decisionOf(row)).toBe(row[5]);
});
