import { ApiGatewayV2Client, CreateApiCommand } from '@aws-sdk/client-apigatewayv2';
import { CloudFormationClient, CreateStackCommand } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient, CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CognitoIdentityProviderClient, CreateUserPoolCommand } from '@aws-sdk/client-cognito-identity-provider';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateUserCommand, IAMClient, TagUserCommand } from '@aws-sdk/client-iam';
import { LambdaClient, TagResourceCommand } from '@aws-sdk/client-lambda';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { expect, test } from 'vitest';
import { testAccount } from '../account.ts';
import { create, parameter, rawEvents } from './cloudformation/deploying.ts';

// Tags that begin with `aws:` are AWS's own: CloudFormation sets some, and nobody else can.

const account = await testAccount();

const sentence = 'aws: prefixed tag key names are not allowed for external use.';
const map = { 'aws:team': 'red' };
const Tags = [
  { Key: 'team', Value: 'red' },
  { Key: 'AWS:team', Value: 'red' },
];
const TemplateBody = JSON.stringify({ Resources: { One: parameter('1') } });
const arn = 'arn:aws:lambda:us-east-1:111122223333:function:f';
const key = { AttributeName: 'id', KeyType: 'HASH' as const };

test.each<[string, () => Promise<unknown>, string, string]>([
  [
    'API Gateway',
    () => {
      const input = { Name: 'a', ProtocolType: 'WEBSOCKET' as const, RouteSelectionExpression: '$request.body.a' };
      return new ApiGatewayV2Client(account.client).send(new CreateApiCommand({ ...input, Tags: map }));
    },
    'BadRequestException',
    "Invalid tag key. Tag keys cannot start with 'aws:'",
  ],
  [
    'CloudFormation',
    () => new CloudFormationClient(account.client).send(new CreateStackCommand({ StackName: 's', TemplateBody, Tags })),
    'ValidationError',
    sentence,
  ],
  [
    'Cognito',
    () =>
      new CognitoIdentityProviderClient(account.client).send(
        new CreateUserPoolCommand({ PoolName: 'p', UserPoolTags: map }),
      ),
    'InvalidParameterException',
    sentence,
  ],
  [
    'DynamoDB',
    () =>
      new DynamoDBClient(account.client).send(
        new CreateTableCommand({
          TableName: 'table',
          AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
          KeySchema: [key],
          BillingMode: 'PAY_PER_REQUEST',
          Tags,
        }),
      ),
    'ValidationException',
    sentence,
  ],
  [
    'IAM',
    () => new IAMClient(account.client).send(new CreateUserCommand({ UserName: 'u', Tags })),
    'InvalidInputException',
    sentence,
  ],
  [
    'Lambda',
    () => new LambdaClient(account.client).send(new TagResourceCommand({ Resource: arn, Tags: map })),
    'InvalidParameterValueException',
    sentence,
  ],
  [
    'Logs',
    () => new CloudWatchLogsClient(account.client).send(new CreateLogGroupCommand({ logGroupName: 'g', tags: map })),
    'InvalidParameterException',
    sentence,
  ],
  [
    'Systems Manager',
    () => new SSMClient(account.client).send(new PutParameterCommand({ Name: 'p', Value: '1', Type: 'String', Tags })),
    'ValidationException',
    sentence,
  ],
  [
    'STS',
    () => {
      const RoleArn = 'arn:aws:iam::111122223333:role/r';
      return new STSClient(account.client).send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'ann', Tags }));
    },
    'InvalidParameterValue',
    sentence,
  ],
])('%s refuses them in its own words', async (_, call, name, message) => {
  await expect(call()).rejects.toMatchObject({ name, message, $metadata: { httpStatusCode: 400 } });
});

test('a key that only looks invalid is accepted', async () => {
  const iam = new IAMClient(account.client);
  await iam.send(new CreateUserCommand({ UserName: 'ann', Tags: [{ Key: 'awsome:team', Value: 'red' }] }));
  await iam.send(new TagUserCommand({ UserName: 'ann', Tags: [{ Key: 'my:aws:team', Value: 'red' }] }));
});

test("a stack's resource fails because of them, and still gets CloudFormation's own", async () => {
  const client = new CloudFormationClient(account.client);
  const tagged = { Resources: { One: parameter('1', { Tags: map }) } };
  expect(await create(client, 'reserved', tagged)).toMatchObject({ StackStatus: 'ROLLBACK_COMPLETE' });
  const failed = (await rawEvents(client, 'reserved')).find(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED');
  expect(failed).toMatchObject({ LogicalResourceId: 'One', ResourceStatusReason: expect.stringContaining(sentence) });
  const plain = { Resources: { One: parameter('1', { Tags: { team: 'red' } }) } };
  expect(await create(client, 'plain', plain)).toMatchObject({ StackStatus: 'CREATE_COMPLETE' });
});
