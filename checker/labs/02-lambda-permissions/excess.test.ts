import { describe, expect, test } from 'vitest';
import { subtractReference } from './excess.ts';
import { referenceFor } from './reference.ts';

const account = '111122223333';
const sender = { roleArn: `arn:aws:iam::${account}:role/chat-Sender` };
const api = `arn:aws:execute-api:us-east-1:${account}:a1b2c3d4e5`;
const table = `arn:aws:dynamodb:us-east-1:${account}:table/chat-Connections`;
const reference = referenceFor({ apiId: 'a1b2c3d4e5' }, [
  { logicalId: 'Connections', type: 'AWS::DynamoDB::Table', physicalId: 'chat-Connections' },
  { logicalId: 'Greeting', type: 'AWS::SSM::Parameter', physicalId: '/chat/greeting' },
]);
const documented = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const allow = (Action: string | string[], Resource: string | string[] = '*', more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});

function subtracted(statements: readonly object[], boundary?: string, room = reference) {
  const identity = [{ name: 'p', document: documented(...statements) }];
  const policies = { identity, boundary, tags: { 'Chat-Api': 'a1b2c3d4e5' } };
  return subtractReference(policies, room, sender, 'us-east-1');
}

test("a table made with the CDK's TableV2 is the room's, too", () => {
  const global = { logicalId: 'Connections', type: 'AWS::DynamoDB::GlobalTable', physicalId: 'chat-Connections' };
  const room = referenceFor({ apiId: 'a1b2c3d4e5' }, [global]);
  const granted = [allow(['dynamodb:Scan', 'dynamodb:DeleteItem'], [table, `${table}/index/*`])];
  expect(subtracted(granted, undefined, room)).toEqual(subtracted(granted));
  expect(subtracted(granted, undefined, referenceFor({ apiId: 'a1b2c3d4e5' }, []))).not.toEqual(subtracted(granted));
});

describe('nothing is left of', () => {
  test.each<[string, object[]]>([
    [
      "this API's address instead of its id",
      [
        allow(
          'execute-api:ManageConnections',
          `${api.slice(0, -10)}wss://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/*`,
        ),
      ],
    ],
    ['what the CDK grants', [allow('execute-api:ManageConnections', `${api}/*/*/@connections/*`)]],
    [
      'one statement for both',
      [allow(['execute-api:ManageConnections', 'dynamodb:Scan', 'dynamodb:DeleteItem'], [`${api}/*`, table])],
    ],
    [
      'patterns that hold no other action',
      [allow(['execute-api:Manage*', 'dynamodb:Scan*'], [`${api}/room/*`, table])],
    ],
    [
      'a wildcard instead of the account',
      [allow('execute-api:ManageConnections', 'arn:aws:execute-api:*:*:a1b2c3d4e5/*')],
    ],
    ['writing logs', [allow(['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'])]],
    ['traces and metrics', [allow(['xray:PutTraceSegments', 'xray:PutTelemetryRecords', 'cloudwatch:PutMetricData'])]],
    [
      'everything, with all else denied',
      [
        allow('*'),
        { Effect: 'Deny', NotAction: ['execute-api:ManageConnections', 'dynamodb:Scan'], Resource: '*' },
        { Effect: 'Deny', Action: '*', NotResource: [`${api}/*`, table] },
      ],
    ],
    [
      'a condition that time has passed',
      [allow('iam:*', '*', { Condition: { DateLessThan: { 'aws:CurrentTime': '2020-01-01T00:00:00Z' } } })],
    ],
    [
      "the API in a tag of the role, and other tags' values",
      [
        // biome-ignore lint/suspicious/noTemplateCurlyInString: it is a policy variable.
        allow('execute-api:ManageConnections', `${api.slice(0, -10)}${'${aws:PrincipalTag/chat-api}'}/room/POST/*`),
        allow('iam:*', '*', { Condition: { StringEquals: { 'aws:principaltag/CHAT-API': 'another' } } }),
      ],
    ],
    [
      'a condition on another account',
      [allow('iam:*', '*', { Condition: { StringEquals: { 'aws:PrincipalAccount': '1' } } })],
    ],
  ])('%s', (_, statements) => {
    expect(subtracted(statements)).toEqual({ excess: [], noteworthy: [] });
  });

  test('whatever the boundary cuts off', () => {
    const boundary = documented(allow(['execute-api:ManageConnections'], `${api}/*`));
    expect(subtracted([allow('*')], boundary).excess).toEqual([]);
  });
});

describe('part of it is left', () => {
  test.each<[string, object, string]>([
    ['iam:CreatePolicyVersion', allow('iam:CreatePolicyVersion'), 'iam:CreatePolicyVersion'],
    ['iam:PutRolePolicy', allow('iam:PutRolePolicy', `arn:aws:iam::${account}:role/cdk-*`), 'iam:PutRolePolicy'],
    ['cloudformation:UpdateStack', allow('cloudformation:UpdateStack'), 'cloudformation:UpdateStack'],
    ['dynamodb:PartiQL*', allow('dynamodb:PartiQL*', table), 'dynamodb:PartiQLDelete'],
    ['s3:*', allow('s3:*', 'arn:aws:s3:::company/chat/*'), 's3:DeleteObject'],
    ['logs:*', allow('logs:*'), 'logs:DeleteLogGroup'],
    ['logs:Put*', allow('logs:Put*'), 'logs:PutRetentionPolicy'],
    ['execute-api:*', allow('execute-api:*', `${api}/*`), 'execute-api:Invoke'],
    ['execute-api:Invoke', allow('execute-api:Invoke', `${api}/*`), 'execute-api:Invoke'],
    ['dynamodb:PutItem', allow('dynamodb:PutItem', table), 'dynamodb:PutItem'],
    ['dynamodb:UpdateItem', allow('dynamodb:UpdateItem', table), 'dynamodb:UpdateItem'],
    ['dynamodb:*Item', allow('dynamodb:*Item', table), 'dynamodb:PutItem'],
    ['dynamodb:BatchWriteItem', allow('dynamodb:BatchWriteItem', table), 'dynamodb:BatchWriteItem'],
    [
      'lambda:DeleteFunction',
      allow('lambda:DeleteFunction', `arn:aws:lambda:us-east-1:${account}:function:chat-Connect`),
      'lambda:DeleteFunction',
    ],
    [
      'apigateway:DELETE',
      allow('apigateway:DELETE', 'arn:aws:apigateway:us-east-1::/apis/a1b2c3d4e5'),
      'apigateway:DELETE',
    ],
    [
      'execute-api:ManageConnections',
      allow('execute-api:ManageConnections', 'arn:aws:execute-api:*:*:*/@connections/*'),
      'execute-api:ManageConnections',
    ],
    ['dynamodb:*', allow('dynamodb:*', table), 'dynamodb:DeleteTable'],
    ['dynamodb:Scan', allow('dynamodb:Scan', `${table}*`), 'dynamodb:Scan'],
    ['unheardof:Anything', allow('unheardof:Anything'), 'unheardof:Anything'],
    [
      'execute-api:Manage*',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: it is a policy variable.
      allow('execute-api:Manage*', `${api.slice(0, -10)}${'${aws:PrincipalTag/no-such-tag}'}/*`),
      'execute-api:ManageConnections',
    ],
    [
      'iam:*',
      allow('iam:*', '*', { Condition: { DateGreaterThan: { 'aws:CurrentTime': '2100-01-01T00:00:00Z' } } }),
      'iam:PutRolePolicy',
    ],
    ['*', allow('*', '*', { Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } }), 'iam:PutRolePolicy'],
  ])('%s', (action, statement, asked) => {
    const { excess } = subtracted([allow('logs:PutLogEvents'), statement]);
    expect(excess).toMatchObject([
      { policy: 'p', statement: 'statement 2', actions: [action], witness: { action: asked } },
    ]);
    expect(excess[0]?.witness.resource).toMatch(/^(\*|arn:aws:[\w-]+:[\w-]*:\d*:.+)$/);
  });

  test('a NotAction that names the services somebody would think of', () => {
    const statement = {
      Effect: 'Allow',
      NotAction: ['iam:*', 'sts:*', 's3:*', 'lambda:*', 'dynamodb:*'],
      Resource: '*',
    };
    const { excess } = subtracted([statement]);
    expect(excess).toMatchObject([{ actions: ['everything but iam:*, sts:* and 3 more'] }]);
  });

  test('whatever a conditional Deny blocks only sometimes', () => {
    const Condition = { Bool: { 'aws:SecureTransport': 'false' } };
    const { excess } = subtracted([allow('iam:*'), { Effect: 'Deny', Action: '*', Resource: '*', Condition }]);
    expect(excess).toMatchObject([{ statement: 'statement 1', isConditional: false }]);
  });

  test('of a wildcard whose first example is denied', () => {
    const denied = { Effect: 'Deny', Action: 'iam:Getx', Resource: '*' };
    const { excess } = subtracted([allow(['iam:Get*', 'iam:getX', 'logs:PutLogEvents', 's3:GetObject']), denied]);
    expect(excess).toMatchObject([{ actions: ['iam:Get*', 's3:GetObject'] }]);
  });

  test('of a long statement, shows only the part that is too broad', () => {
    const { excess } = subtracted([
      allow(['dynamodb:Scan', 'dynamodb:DeleteItem'], [table, `${table}2`], { Sid: 'Rows' }),
    ]);
    expect(excess).toMatchObject([
      { statement: 'Rows', actions: ['dynamodb:Scan', 'dynamodb:DeleteItem'], resources: [`${table}2`] },
    ]);
  });
});

test.each<[string, object]>([
  [
    "read the room's own table (dynamodb:Query)",
    allow(['dynamodb:Query', 'dynamodb:Scan'], [table, `${table}/index/*`]),
  ],
  [
    "read the room's own parameters (ssm:GetParameter)",
    allow('ssm:GetParameter', `arn:aws:ssm:us-east-1:${account}:parameter/chat/greeting`),
  ],
])('is worth knowing: %s', (what, statement) => {
  expect(subtracted([statement])).toEqual({ excess: [], noteworthy: [what] });
});
