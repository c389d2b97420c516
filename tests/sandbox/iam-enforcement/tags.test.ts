import {
  ApiGatewayV2Client,
  CreateApiCommand,
  CreateRouteCommand,
  CreateStageCommand,
  GetRoutesCommand,
} from '@aws-sdk/client-apigatewayv2';
import { CloudFormationClient, CreateStackCommand, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient, CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreatePolicyCommand, CreateRoleCommand, CreateUserCommand, IAMClient } from '@aws-sdk/client-iam';
import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { expect, test } from 'vitest';
import { testAccount } from '../../account.ts';
import { type Client, makeUser, permit, policy } from './callers.ts';

const account = await testAccount();

const socketApi = { ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' } as const;
const trust = policy({ Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } });
const Tags = [{ Key: 'team', Value: 'red' }];

interface Creation {
  readonly creates: string;
  readonly tags: string;
  run(client: Client, name: string, tagged: boolean): Promise<unknown>;
}

const creations: readonly Creation[] = [
  {
    creates: 'iam:CreateRole',
    tags: 'iam:TagRole',
    run: (client, RoleName, tagged) =>
      new IAMClient(client).send(
        new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust, ...(tagged ? { Tags } : {}) }),
      ),
  },
  {
    creates: 'iam:CreateUser',
    tags: 'iam:TagUser',
    run: (client, UserName, tagged) =>
      new IAMClient(client).send(new CreateUserCommand({ UserName, ...(tagged ? { Tags } : {}) })),
  },
  {
    creates: 'iam:CreatePolicy',
    tags: 'iam:TagPolicy',
    run: (client, PolicyName, tagged) =>
      new IAMClient(client).send(
        new CreatePolicyCommand({ PolicyName, PolicyDocument: policy({}), ...(tagged ? { Tags } : {}) }),
      ),
  },
  {
    creates: 'dynamodb:CreateTable',
    tags: 'dynamodb:TagResource',
    run: (client, TableName, tagged) =>
      new DynamoDBClient(client).send(
        new CreateTableCommand({
          TableName,
          BillingMode: 'PAY_PER_REQUEST',
          AttributeDefinitions: [{ AttributeName: 'k', AttributeType: 'S' }],
          KeySchema: [{ AttributeName: 'k', KeyType: 'HASH' }],
          ...(tagged ? { Tags } : {}),
        }),
      ),
  },
  {
    creates: 'logs:CreateLogGroup',
    tags: 'logs:TagResource',
    run: (client, logGroupName, tagged) =>
      new CloudWatchLogsClient(client).send(
        new CreateLogGroupCommand({ logGroupName, ...(tagged ? { tags: { team: 'red' } } : {}) }),
      ),
  },
  {
    creates: 'ssm:PutParameter',
    tags: 'ssm:AddTagsToResource',
    run: (client, Name, tagged) =>
      new SSMClient(client).send(
        new PutParameterCommand({ Name, Value: 'x', Type: 'String', ...(tagged ? { Tags } : {}) }),
      ),
  },
  {
    creates: 'apigateway:POST',
    tags: 'apigateway:TagResource',
    run: (client, Name, tagged) =>
      new ApiGatewayV2Client(client).send(
        new CreateApiCommand({ ...socketApi, Name, ...(tagged ? { Tags: { team: 'red' } } : {}) }),
      ),
  },
];

test.each(creations)('$creates with tags also needs $tags', async ({ creates, tags, run }) => {
  const name = `by-${creates.replace(':', '-')}`;
  const user = await makeUser(account, name, [{ Action: creates }]);
  await run(user, `${name}-plain`, false);
  await expect(run(user, `${name}-tagged`, true)).rejects.toMatchObject({
    name: expect.stringMatching(/^AccessDenied/),
    message: expect.stringContaining(`is not authorized to perform: ${tags} on resource: arn:aws:`),
  });
  const red = {
    StringEquals: { 'aws:RequestTag/team': 'red' },
    'ForAllValues:StringEquals': { 'aws:TagKeys': ['team'] },
  };
  await permit(account, name, { Action: creates }, { Action: tags, Condition: red });
  await run(user, `${name}-tagged`, true);
});

test('CreateStage with tags needs apigateway:TagResource on the stages of its API', async () => {
  const { ApiId } = await new ApiGatewayV2Client(account.client).send(
    new CreateApiCommand({ ...socketApi, Name: 'staged' }),
  );
  const user = new ApiGatewayV2Client(await makeUser(account, 'stager', [{ Action: 'apigateway:POST' }]));
  await user.send(new CreateStageCommand({ ApiId, StageName: 'plain', Tags: {} }));
  const tagged = new CreateStageCommand({ ApiId, StageName: 'tagged', Tags: { team: 'red' } });
  const Resource = `arn:aws:apigateway:us-east-1::/apis/${ApiId}/stages`;
  await expect(user.send(tagged)).rejects.toThrow(
    `is not authorized to perform: apigateway:TagResource on resource: ${Resource}`,
  );
  await permit(account, 'stager', { Action: 'apigateway:POST' }, { Action: 'apigateway:TagResource', Resource });
  await user.send(tagged);
});

test('an API, a stack and a parameter have tags that policies can require', async () => {
  const { ApiId } = await new ApiGatewayV2Client(account.client).send(
    new CreateApiCommand({
      Name: 'room',
      ProtocolType: 'WEBSOCKET',
      RouteSelectionExpression: '$request.body.action',
      Tags: { team: 'red' },
    }),
  );
  const TemplateBody = JSON.stringify({ Resources: { Group: { Type: 'AWS::Logs::LogGroup' } } });
  const StackName = 'room';
  await new CloudFormationClient(account.client).send(new CreateStackCommand({ StackName, TemplateBody, Tags }));
  await new SSMClient(account.client).send(
    new PutParameterCommand({ Name: '/room/name', Value: 'x', Type: 'String', Tags }),
  );
  const calls: ReadonlyArray<(client: Client) => Promise<unknown>> = [
    (client) => new ApiGatewayV2Client(client).send(new GetRoutesCommand({ ApiId })),
    (client) => new ApiGatewayV2Client(client).send(new CreateRouteCommand({ ApiId, RouteKey: '$default' })),
    (client) => new CloudFormationClient(client).send(new DescribeStacksCommand({ StackName })),
    (client) => new SSMClient(client).send(new GetParameterCommand({ Name: '/room/name' })),
  ];
  const user = await makeUser(account, 'painter');
  const of = (team: string) =>
    permit(account, 'painter', { Condition: { StringEquals: { 'aws:ResourceTag/team': team } } });
  await of('blue');
  for (const call of calls) {
    await expect(call(user)).rejects.toMatchObject({ name: expect.stringMatching(/^AccessDenied/) });
  }
  await of('red');
  for (const call of calls) await call(user);
});
