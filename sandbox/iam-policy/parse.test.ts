// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are policy variables.
import { expect, test } from 'vitest';
import { allow, ask, decisionOf, docs, policy, type Row } from './asked.ts';
import { parsePolicy } from './parse.ts';

const get = 's3:GetObject';
const key = 'arn:aws:s3:::bucket/key';
const actions = `${docs}reference_policies_elements_action.html`;
const notActions = `${docs}reference_policies_elements_notaction.html`;

const rows: readonly Row[] = [
  [actions, 'an action, written out', allow(get), get, key, 'allowed'],
  [actions, 'another action', allow(get), 's3:PutObject', key, 'none'],
  [actions, 'the case of an action does not count', allow('S3:getobject'), get, key, 'allowed'],
  [actions, 'nor that of the request', allow('s3:Get*'), 'S3:GETOBJECT', key, 'allowed'],
  [actions, 'every action', allow('*'), get, key, 'allowed'],
  [actions, 'every action of a service', allow('s3:*'), get, key, 'allowed'],
  [actions, 'another service', allow('s3:*'), 'sqs:SendMessage', key, 'none'],
  [actions, 'a prefix', allow('s3:Get*'), get, key, 'allowed'],
  [actions, 'a suffix', allow('s3:*Object'), get, key, 'allowed'],
  [actions, 'a question mark is one character', allow('s3:?etObject'), get, key, 'allowed'],
  [actions, 'and not none', allow('s3:GetObject?'), get, key, 'none'],
  [actions, 'stars that must give back', allow('s3:*e*t'), get, key, 'allowed'],
  [actions, 'one of several', allow(['sqs:*', get]), get, key, 'allowed'],
  [actions, 'an empty list', allow([]), get, key, 'none'],
  [actions, 'no variables in actions', allow('s3:${aws:username}'), 's3:ann', key, 'none', { 'aws:username': 'ann' }],
  [notActions, 'all but the listed', { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }, get, key, 'allowed'],
  [notActions, 'the listed', { Effect: 'Allow', NotAction: 'S3:get*', Resource: '*' }, get, key, 'none'],
  [notActions, 'in a Deny', { Effect: 'Deny', NotAction: 'iam:*', Resource: '*' }, get, key, 'deny'],
  [
    notActions,
    'in a Deny, the listed',
    [{ Effect: 'Deny', NotAction: get, Resource: '*' }, allow('*')],
    get,
    key,
    'allowed',
  ],
  [notActions, 'several', { Effect: 'Allow', NotAction: ['iam:*', get], Resource: '*' }, get, key, 'none'],
  [
    `${docs}reference_policies_evaluation-logic_AccessPolicyLanguage_Interplay.html`,
    'a Deny wins',
    [allow('*'), { Effect: 'Deny', Action: 's3:Get*', Resource: '*' }],
    get,
    key,
    'deny',
  ],
  [
    `${docs}reference_policies_evaluation-logic_AccessPolicyLanguage_Interplay.html`,
    'nothing said',
    [],
    get,
    key,
    'none',
  ],
  [
    `${docs}reference_policies_elements_effect.html`,
    'the case of an effect counts',
    { Effect: 'allow', Action: '*', Resource: '*' },
    get,
    key,
    'none',
  ],
  [
    `${docs}reference_policies_grammar.html`,
    'Action and NotAction',
    { Effect: 'Allow', Action: '*', NotAction: 'iam:*', Resource: '*' },
    get,
    key,
    'none',
  ],
  [
    `${docs}reference_policies_grammar.html`,
    'a principal has no place here',
    { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' },
    get,
    key,
    'none',
  ],
];

test.each<Row>(rows)('%s: %s', (...row) => {
  expect(decisionOf(row)).toBe(row[5]);
});

test.each([
  undefined,
  'not json',
  '[]',
  '"x"',
  '{"Statement":7}',
  '{"Statement":[null,{"Effect":"Allow"}]}',
  { Statement: { Effect: 'Allow', Action: 5, Resource: {}, Condition: [] } },
])('an unreadable policy grants nothing: %j', (document) => {
  const identityPolicies = [{ policy: parsePolicy(document) }];
  expect(ask({ identityPolicies }).decision).toBe('implicitDeny');
});

test('a pattern of many stars is fast', () => {
  const pattern = `arn:aws:s3:::${'*a'.repeat(2000)}b`;
  const before = performance.now();
  ask({ resource: `arn:aws:s3:::${'a'.repeat(2000)}`, identityPolicies: [policy(allow('*', pattern))] });
  expect(performance.now() - before).toBeLessThan(1000);
});
