import { ApiGatewayV2Client, GetRoutesCommand, GetStageCommand } from '@aws-sdk/client-apigatewayv2';
import { CloudFormationClient, DeleteStackCommand, UpdateStackCommand } from '@aws-sdk/client-cloudformation';
import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import {
  GetRoleCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
} from '@aws-sdk/client-iam';
import { GetFunctionCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import { testAccount } from '../../account.ts';
import { create, ended, rawEvents } from './deploying.ts';

const account = await testAccount();
const client = new CloudFormationClient(account.client);

const document = (Action: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource: '*' }],
});
const trust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }],
};

/** Every supported type, with property values from `n`: everything that can be updated in place depends on it. */
function template(n: number) {
  const ApiId = { Ref: 'Api' };
  const Role = { 'Fn::GetAtt': ['Role', 'Arn'] };
  const FunctionName = { Ref: 'Function' };
  const limits = { ThrottlingBurstLimit: 100 + n, ThrottlingRateLimit: 50 };
  const invocations = [
    'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/',
    { 'Fn::GetAtt': 'Function.Arn' },
    '/invocations',
  ];
  return {
    Resources: {
      Table: resource('DynamoDB::Table', {
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        SSESpecification: { SSEEnabled: true },
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: n > 0 },
        TimeToLiveSpecification: { AttributeName: n > 0 ? 'later' : 'soon', Enabled: true },
      }),
      Logs: resource('Logs::LogGroup', { RetentionInDays: n > 0 ? '3' : 7 }),
      Role: resource('IAM::Role', {
        AssumeRolePolicyDocument: trust,
        Description: `role ${n}`,
        ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'],
        Policies: [{ PolicyName: `inline-${n}`, PolicyDocument: document('s3:GetObject') }],
      }),
      Policy: resource('IAM::Policy', {
        PolicyName: 'default',
        PolicyDocument: document(n > 0 ? 'dynamodb:Query' : 'dynamodb:Scan'),
        Roles: [{ Ref: 'Role' }],
      }),
      Managed: resource('IAM::ManagedPolicy', { PolicyDocument: document(`sqs:Send${n}`), Roles: [{ Ref: 'Role' }] }),
      RolePolicy: resource('IAM::RolePolicy', {
        PolicyName: 'of-its-own',
        RoleName: { Ref: 'Role' },
        PolicyDocument: document('sns:Publish'),
      }),
      Function: resource('Lambda::Function', {
        Code: { ZipFile: `exports.handler = async () => ${n}` },
        Environment: { Variables: { NUMBER: n } },
        Handler: 'index.handler',
        LoggingConfig: { LogGroup: { Ref: 'Logs' } },
        MemorySize: 128 + n,
        Role,
        Runtime: 'nodejs22.x',
      }),
      [`Version${n}`]: resource('Lambda::Version', { FunctionName }),
      Alias: resource('Lambda::Alias', {
        FunctionName,
        FunctionVersion: { 'Fn::GetAtt': [`Version${n}`, 'Version'] },
        Name: 'live',
      }),
      Permission: resource('Lambda::Permission', {
        Action: 'lambda:InvokeFunction',
        FunctionName,
        Principal: 'apigateway.amazonaws.com',
        SourceArn: `arn:aws:execute-api:us-east-1:111122223333:${n}/*`,
      }),
      Api: resource('ApiGatewayV2::Api', {
        Name: `room ${n}`,
        ProtocolType: 'WEBSOCKET',
        RouteSelectionExpression: '$request.body.action',
      }),
      Integration: resource('ApiGatewayV2::Integration', {
        ApiId,
        IntegrationType: 'AWS_PROXY',
        IntegrationUri: { 'Fn::Join': ['', invocations] },
        TimeoutInMillis: 1000 + n,
      }),
      Mock: resource('ApiGatewayV2::Integration', {
        ApiId,
        IntegrationType: 'MOCK',
        RequestTemplates: { 200: '{"statusCode": 200}' },
        TemplateSelectionExpression: '200',
      }),
      MockResponse: resource('ApiGatewayV2::IntegrationResponse', {
        ApiId,
        IntegrationId: { Ref: 'Mock' },
        IntegrationResponseKey: '$default',
      }),
      Authorizer: resource('ApiGatewayV2::Authorizer', {
        ApiId,
        AuthorizerType: 'REQUEST',
        AuthorizerUri: { 'Fn::Join': ['', invocations] },
        IdentitySource: ['route.request.querystring.token'],
        Name: `authorizer-${n}`,
      }),
      Route: resource('ApiGatewayV2::Route', {
        ApiId,
        RouteKey: n > 0 ? 'say' : 'shout',
        Target: { 'Fn::Sub': 'integrations/$'.concat('{Integration}') },
        ...(n > 0 ? {} : { RouteResponseSelectionExpression: '$default', OperationName: 'Shout' }),
      }),
      RouteResponse: resource('ApiGatewayV2::RouteResponse', {
        ApiId,
        RouteId: { Ref: 'Route' },
        RouteResponseKey: '$default',
      }),
      Deployment: { ...resource('ApiGatewayV2::Deployment', { ApiId, Description: `${n}` }), DependsOn: 'Route' },
      Manual: resource('ApiGatewayV2::Stage', { ApiId, StageName: 'manual', DeploymentId: { Ref: 'Deployment' } }),
      Stage: resource('ApiGatewayV2::Stage', {
        ApiId,
        StageName: 'prod',
        AutoDeploy: true,
        DefaultRouteSettings: limits,
      }),
      Bucket: resource('S3::Bucket', {}),
      CDKMetadata: resource('CDK::Metadata', { Analytics: `v2:deflate64:${n}` }),
    },
    Outputs: {
      ...Object.fromEntries(
        ['Table', 'Role', 'Function', 'Api', 'Route', 'Stage'].map((name) => [name, { Value: { Ref: name } }]),
      ),
      Address: { Value: { 'Fn::Join': ['/', [{ 'Fn::GetAtt': ['Api', 'ApiEndpoint'] }, { Ref: 'Stage' }]] } },
      AliasArn: { Value: { Ref: 'Alias' } },
    },
  };
}

function resource(type: string, Properties: object) {
  return { Type: `AWS::${type}`, Properties };
}

test('every type is created, changed and deleted', async () => {
  const Capabilities = ['CAPABILITY_IAM' as const];
  const created = await create(client, 'everything', template(0), {
    Capabilities,
    Tags: [{ Key: 'websocket-lab', Value: 'test' }],
  });
  expect(await failures('everything')).toEqual([]);
  expect(created.StackStatus).toBe('CREATE_COMPLETE');
  const outputs = outputsOf(created);
  expect(outputs.Address).toBe(`${account.url.replace('http', 'ws')}/_aws/execute-api/${outputs.Api}/prod`);
  expect(outputs.AliasArn).toBe(`arn:aws:lambda:us-east-1:111122223333:function:${outputs.Function}:live`);
  expect(outputs.Table).toMatch(/^everything-Table-\w{12}$/);
  await expectState(outputs, 0);

  const input = { StackName: 'everything', Capabilities };
  await client.send(new UpdateStackCommand({ ...input, TemplateBody: JSON.stringify(template(1)) }));
  const updated = await ended(client, 'everything');
  expect(await failures('everything')).toEqual([]);
  expect(updated.StackStatus).toBe('UPDATE_COMPLETE');
  expect(outputsOf(updated)).toEqual(outputs);
  await expectState(outputs, 1);

  await client.send(new DeleteStackCommand({ StackName: 'everything' }));
  const deleted = await ended(client, created.StackId);
  expect(await failures(created.StackId)).toEqual([]);
  expect(deleted.StackStatus).toBe('DELETE_COMPLETE');
});

async function expectState({ Table, Role, Function: name, Api, Route }: Record<string, string>, n: number) {
  const options = account.client;
  const dynamodb = new DynamoDBClient(options);
  const table = await dynamodb.send(new DescribeTableCommand({ TableName: Table }));
  expect(table.Table?.SSEDescription?.Status).toBe('ENABLED');
  const backups = await dynamodb.send(new DescribeContinuousBackupsCommand({ TableName: Table }));
  expect(backups.ContinuousBackupsDescription?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus).toBe(
    n > 0 ? 'ENABLED' : 'DISABLED',
  );
  const life = await dynamodb.send(new DescribeTimeToLiveCommand({ TableName: Table }));
  expect(life.TimeToLiveDescription).toMatchObject({ AttributeName: n > 0 ? 'later' : 'soon' });

  const iam = new IAMClient(options);
  const role = await iam.send(new GetRoleCommand({ RoleName: Role }));
  expect(role.Role).toMatchObject({ Description: `role ${n}`, Tags: [{ Key: 'websocket-lab', Value: 'test' }] });
  const inline = await iam.send(new ListRolePoliciesCommand({ RoleName: Role }));
  expect(inline.PolicyNames?.sort()).toEqual(['default', `inline-${n}`, 'of-its-own']);
  const attached = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName: Role }));
  expect(attached.AttachedPolicies).toHaveLength(2);

  const lambda = new LambdaClient(options);
  const made = await lambda.send(new GetFunctionCommand({ FunctionName: name }));
  expect(made.Configuration).toMatchObject({ MemorySize: 128 + n, Environment: { Variables: { NUMBER: `${n}` } } });
  expect(made.Tags).toMatchObject({ 'websocket-lab': 'test', 'aws:cloudformation:logical-id': 'Function' });
  const { Payload } = await lambda.send(new InvokeCommand({ FunctionName: name, Qualifier: 'live' }));
  expect(Buffer.from(Payload ?? []).toString()).toBe(String(n));

  const api = new ApiGatewayV2Client(options);
  const { Items: [route] = [] } = await api.send(new GetRoutesCommand({ ApiId: Api }));
  expect(route).toMatchObject({ RouteId: Route, RouteKey: n > 0 ? 'say' : 'shout' });
  expect(route?.RouteResponseSelectionExpression).toBe(n > 0 ? undefined : '$default');
  const stage = await api.send(new GetStageCommand({ ApiId: Api, StageName: 'prod' }));
  expect(stage.DefaultRouteSettings).toMatchObject({ ThrottlingBurstLimit: 100 + n });
}

function outputsOf({ Outputs = [] }: { Outputs?: Array<{ OutputKey?: string; OutputValue?: string }> }) {
  return Object.fromEntries(Outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]));
}

async function failures(stack: string | undefined): Promise<string[]> {
  const failed = (await rawEvents(client, stack ?? '')).filter(({ ResourceStatus }) =>
    /FAILED$/.test(ResourceStatus ?? ''),
  );
  return failed.map((event) => `${event.LogicalResourceId}: ${event.ResourceStatusReason}`);
}
