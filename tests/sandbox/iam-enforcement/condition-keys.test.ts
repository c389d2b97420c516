import {
  ApiGatewayV2Client,
  CreateApiCommand,
  CreateDeploymentCommand,
  CreateRouteCommand,
  type CreateRouteCommandInput,
  CreateStageCommand,
  GetStageCommand,
} from '@aws-sdk/client-apigatewayv2';
import { CloudFormationClient, CreateChangeSetCommand } from '@aws-sdk/client-cloudformation';
import { CreateRoleCommand, GetRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { CreateBucketCommand, GetObjectCommand, HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetParametersByPathCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { expect, test } from 'vitest';
import { testAccount } from '../../account.ts';
import { makeUser, policy } from './callers.ts';

// The keys of https://docs.aws.amazon.com/service-authorization/latest/reference/, service by service.

const account = await testAccount();

const denied = { name: expect.stringMatching(/^AccessDenied/) };
const allBut = (Condition: object) => [{}, { Effect: 'Deny' as const, Condition }];

test('ssm:Overwrite and ssm:Recursive', async () => {
  const statements = allBut({ StringEquals: { 'ssm:Overwrite': 'true' } });
  const writer = new SSMClient(await makeUser(account, 'once', statements));
  const put = (Overwrite: boolean) =>
    writer.send(new PutParameterCommand({ Name: '/room/name', Value: 'x', Type: 'String', Overwrite }));
  await put(false);
  await expect(put(true)).rejects.toMatchObject(denied);
  const flat = allBut({ StringEquals: { 'ssm:Recursive': 'true' } });
  const reader = new SSMClient(await makeUser(account, 'flat', flat));
  await reader.send(new GetParametersByPathCommand({ Path: '/room' }));
  const deep = new GetParametersByPathCommand({ Path: '/room', Recursive: true });
  await expect(reader.send(deep)).rejects.toMatchObject(denied);
});

test('iam:ResourceTag', async () => {
  const iam = new IAMClient(account.client);
  const AssumeRolePolicyDocument = policy({ Action: 'sts:AssumeRole', Principal: { AWS: '111122223333' } });
  for (const Value of ['red', 'blue']) {
    const Tags = [{ Key: 'team', Value }];
    await iam.send(new CreateRoleCommand({ RoleName: Value, AssumeRolePolicyDocument, Tags }));
  }
  const Condition = { StringEquals: { 'iam:ResourceTag/team': 'red' } };
  const user = new IAMClient(await makeUser(account, 'red-reader', [{ Action: 'iam:GetRole', Condition }]));
  await user.send(new GetRoleCommand({ RoleName: 'red' }));
  await expect(user.send(new GetRoleCommand({ RoleName: 'blue' }))).rejects.toMatchObject(denied);
});

test('apigateway:Request/RouteAuthorizationType and ApiName', async () => {
  const unguarded = { 'ForAnyValue:StringEquals': { 'apigateway:Request/RouteAuthorizationType': 'NONE' } };
  const user = new ApiGatewayV2Client(await makeUser(account, 'guarding', allBut(unguarded)));
  const create = { Name: 'room', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' } as const;
  const { ApiId } = await user.send(new CreateApiCommand(create));
  const route = (input: Partial<CreateRouteCommandInput>) =>
    user.send(new CreateRouteCommand({ ApiId, RouteKey: '$connect', ...input }));
  await expect(route({ AuthorizationType: 'NONE' })).rejects.toMatchObject(denied);
  await expect(route({})).rejects.toMatchObject(denied);
  await route({ AuthorizationType: 'AWS_IAM' });
  const named = allBut({ StringNotLike: { 'apigateway:Request/ApiName': 'lab-*' } });
  const naming = new ApiGatewayV2Client(await makeUser(account, 'naming', named));
  await naming.send(new CreateApiCommand({ ...create, Name: 'lab-room' }));
  await expect(naming.send(new CreateApiCommand(create))).rejects.toMatchObject(denied);
});

test('apigateway:Request/StageName belongs to a deployment, not to its stage', async () => {
  const live = { StringEquals: { 'apigateway:Request/StageName': 'prod' } };
  const user = new ApiGatewayV2Client(await makeUser(account, 'deploying', allBut(live)));
  const create = { Name: 'room', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' } as const;
  const { ApiId } = await user.send(new CreateApiCommand(create));
  await user.send(new CreateRouteCommand({ ApiId, RouteKey: '$connect' }));
  await user.send(new CreateStageCommand({ ApiId, StageName: 'prod' }));
  await user.send(new GetStageCommand({ ApiId, StageName: 'prod' }));
  const deploy = (StageName?: string) => user.send(new CreateDeploymentCommand({ ApiId, StageName }));
  await expect(deploy('prod')).rejects.toMatchObject(denied);
});

test.each([
  ['ChangeSetName', { StringNotEquals: { 'cloudformation:ChangeSetName': 'good' } }, { ChangeSetName: 'bad' }],
  [
    'TemplateUrl',
    { Null: { 'cloudformation:TemplateUrl': 'false' } },
    { TemplateBody: undefined, TemplateURL: 'https://bucket.s3.amazonaws.com/template.json' },
  ],
  [
    'ResourceTypes',
    { 'ForAnyValue:StringLike': { 'cloudformation:ResourceTypes': 'AWS::IAM::*' } },
    { ResourceTypes: ['AWS::SSM::*', 'AWS::IAM::*'] },
  ],
  [
    'RoleArn',
    { ArnLike: { 'cloudformation:RoleArn': 'arn:aws:iam::*:role/admin' } },
    { RoleARN: 'arn:aws:iam::111122223333:role/admin' },
  ],
])('cloudformation:%s', async (key, Condition, members) => {
  const TemplateBody = JSON.stringify({ Resources: { P: { Type: 'AWS::SSM::Parameter', Properties: {} } } });
  const user = new CloudFormationClient(await makeUser(account, `changing-${key}`, allBut(Condition)));
  const change = (other: object) =>
    user.send(
      new CreateChangeSetCommand({
        StackName: `changing-${key}`,
        ChangeSetName: 'good',
        ChangeSetType: 'CREATE',
        TemplateBody,
        ResourceTypes: ['AWS::SSM::*'],
        ...other,
      }),
    );
  await expect(change(members)).rejects.toMatchObject(denied);
  await expect(change({})).resolves.toBeDefined();
});

test('a user who may not list a bucket does not learn which of its objects are missing', async () => {
  const Bucket = 'bucket';
  await new S3Client({ ...account.client, forcePathStyle: true }).send(new CreateBucketCommand({ Bucket }));
  const reads = { Action: 's3:GetObject', Resource: 'arn:aws:s3:::bucket/*' };
  const lists = { Action: 's3:ListBucket', Resource: 'arn:aws:s3:::bucket' };
  const blind = new S3Client({ ...(await makeUser(account, 'blind', [reads])), forcePathStyle: true });
  const seeing = new S3Client({ ...(await makeUser(account, 'seeing', [reads, lists])), forcePathStyle: true });
  const get = new GetObjectCommand({ Bucket, Key: 'none' });
  await expect(blind.send(get)).rejects.toMatchObject({ name: 'AccessDenied', $metadata: { httpStatusCode: 403 } });
  await expect(seeing.send(get)).rejects.toMatchObject({ name: 'NoSuchKey' });
  const head = new HeadObjectCommand({ Bucket, Key: 'none' });
  await expect(blind.send(head)).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
  await expect(seeing.send(head)).rejects.toMatchObject({ $metadata: { httpStatusCode: 404 } });
});
