// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are policy variables.
import { describe, expect, test } from 'vitest';
import type { AttachedPolicy, Decision, EvaluationRequest } from './decision.ts';
import { evaluate } from './evaluate.ts';
import { parsePolicy } from './parse.ts';
import type { ContextKeys } from './request-context.ts';

const docs = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/';
const account = '111122223333';

type Statement = Readonly<Record<string, unknown>>;

/** AWS's page, what the example shows, the statements, the action, the resource, the outcome, the context. */
type Row = [string, string, Statement | Statement[], string, string, 'allowed' | 'deny' | 'none', ContextKeys?];

function policy(statements: Statement | readonly Statement[], Version = '2012-10-17'): AttachedPolicy {
  return { policy: parsePolicy({ Version, Statement: statements }) };
}

function ask(request: Partial<EvaluationRequest>): Decision {
  return evaluate({
    principal: { type: 'user', accountId: account, arn: `arn:aws:iam::${account}:user/ann` },
    action: 's3:GetObject',
    resource: 'arn:aws:s3:::bucket/key',
    context: {},
    identityPolicies: [],
    ...request,
  });
}

const short = { allowed: 'allowed', explicitDeny: 'deny', implicitDeny: 'none' } as const;

describe('one identity-based policy: actions and resources', () => {
  const get = 's3:GetObject';
  const key = 'arn:aws:s3:::bucket/key';
  const api = 'arn:aws:execute-api:us-east-1:111122223333:abc/prod/POST/@connections/x=';
  const actions = `${docs}reference_policies_elements_action.html`;
  const notActions = `${docs}reference_policies_elements_notaction.html`;
  const resources = `${docs}reference_policies_elements_resource.html`;
  const notResources = `${docs}reference_policies_elements_notresource.html`;
  const incomplete = `${docs}reference-arns.html`;
  const variables = `${docs}reference_policies_variables.html`;
  const allow = (Action: unknown, Resource: unknown = '*') => ({ Effect: 'Allow', Action, Resource });
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
    [
      resources,
      'AWS example 3',
      allow('*', 'arn:aws:s3:::b/*/test/*'),
      get,
      'arn:aws:s3:::b/1-test/object.jpg',
      'none',
    ],
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
    [
      variables,
      'a star that is a star',
      allow('*', 'arn:aws:s3:::bucket/${*}'),
      get,
      'arn:aws:s3:::bucket/*',
      'allowed',
    ],
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
    const [, , statements, action, resource, expected, context = {}] = row;
    const decision = ask({ action, resource, context, identityPolicies: [policy(statements)] });
    expect(short[decision.decision]).toBe(expected);
  });

  test('variables are plain text before version 2012-10-17', () => {
    const old = policy(allow('*', 'arn:aws:s3:::bucket/${aws:username}'), '2008-10-17');
    const context = { 'aws:username': 'ann' };
    expect(ask({ resource: 'arn:aws:s3:::bucket/ann', context, identityPolicies: [old] }).decision).toBe(
      'implicitDeny',
    );
    const literal = ask({ resource: 'arn:aws:s3:::bucket/${aws:username}', context, identityPolicies: [old] });
    expect(literal.decision).toBe('allowed');
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
});
