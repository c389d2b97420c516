import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AttachRolePolicyCommand, IAMClient } from '@aws-sdk/client-iam';
import {
  AddPermissionCommand,
  CreateAliasCommand,
  DeleteAliasCommand,
  DeleteFunctionCommand,
  DeleteFunctionConcurrencyCommand,
  GetAccountSettingsCommand,
  GetAliasCommand,
  GetFunctionCommand,
  GetFunctionConcurrencyCommand,
  GetFunctionConfigurationCommand,
  GetPolicyCommand,
  ListFunctionsCommand,
  ListTagsCommand,
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  RemovePermissionCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateAliasCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestAccount, type TestAccount } from '../../account.ts';
import { functionsOf, makeRole, zip } from './functions.ts';

const says = (text: string) => ({ 'index.js': `exports.handler = async () => '${text} ' + process.env.MOOD` });

describe('functions', () => {
  let account: TestAccount;
  let role: string;
  let functions: ReturnType<typeof functionsOf>;

  beforeAll(async () => {
    account = await startTestAccount();
    role = await makeRole(account);
    functions = functionsOf(account, role);
  });
  afterAll(() => account.close());

  it('are traced only if their role may send traces', async () => {
    const { lambda } = functions;
    const TracingConfig = { Mode: 'Active' } as const;
    const mode = async () =>
      (await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: 'traced' }))).TracingConfig?.Mode;
    await functions.create('traced', says('x'));
    expect(await mode()).toBe('PassThrough');
    const trace = new UpdateFunctionConfigurationCommand({ FunctionName: 'traced', TracingConfig });
    await expect(lambda.send(trace)).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message: 'The provided execution role does not have permissions to call PutTraceSegments on XRAY',
    });
    const traceable = await makeRole(account, 'traceable');
    await new IAMClient(account.client).send(
      new AttachRolePolicyCommand({
        RoleName: 'traceable',
        PolicyArn: 'arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess',
      }),
    );
    await lambda.send(
      new UpdateFunctionConfigurationCommand({ FunctionName: 'traced', TracingConfig, Role: traceable }),
    );
    expect(await mode()).toBe('Active');
    expect((await functions.invoke('traced')).result).toContain('x');
    await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'traced', Timeout: 5 }));
    expect(await mode()).toBe('Active');
    const set = (Mode: string) =>
      new UpdateFunctionConfigurationCommand({ FunctionName: 'traced', TracingConfig: { Mode: Mode as 'Active' } });
    await expect(lambda.send(set('active'))).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining("Value 'active' at 'tracingConfig.mode' failed to satisfy constraint"),
    });
    await lambda.send(set('PassThrough'));
    expect(await mode()).toBe('PassThrough');
  });

  it('are created, read, changed and deleted', async () => {
    const { lambda } = functions;
    const made = await functions.create('f', says('one'), {
      Environment: { Variables: { MOOD: 'glad' } },
      Tags: { a: 'b' },
    });
    expect(made).toMatchObject({
      FunctionName: 'f',
      FunctionArn: 'arn:aws:lambda:us-east-1:111122223333:function:f',
      Role: role,
      Timeout: 3,
      MemorySize: 128,
      Version: '$LATEST',
      State: 'Active',
      LastUpdateStatus: 'Successful',
      LastModified: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$/),
      CodeSha256: expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/),
    });
    expect((await functions.invoke('f')).result).toBe('one glad');

    await lambda.send(new UpdateFunctionCodeCommand({ FunctionName: 'f', ZipFile: zip(says('two')) }));
    expect((await functions.invoke('f')).result).toBe('two glad');
    const { RevisionId } = await lambda.send(
      new UpdateFunctionConfigurationCommand({
        FunctionName: 'f',
        Timeout: 9,
        Environment: { Variables: { MOOD: 'sad' } },
      }),
    );
    expect((await functions.invoke('f')).result).toBe('two sad');
    await expect(
      lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'f', RevisionId: made.RevisionId })),
    ).rejects.toMatchObject({ name: 'PreconditionFailedException' });

    for (const FunctionName of ['f', '111122223333:function:f', made.FunctionArn, `${made.FunctionArn}:$LATEST`]) {
      const read = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
      expect(read).toMatchObject({ Timeout: 9, Handler: 'index.handler', RevisionId });
    }
    expect(await lambda.send(new GetFunctionCommand({ FunctionName: 'f' }))).toMatchObject({
      Configuration: { FunctionName: 'f' },
      Tags: { a: 'b' },
    });
    await lambda.send(new DeleteFunctionCommand({ FunctionName: 'f' }));
    await expect(lambda.send(new GetFunctionCommand({ FunctionName: 'f' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      $metadata: { httpStatusCode: 404 },
    });
  });

  it('take their code from S3', async () => {
    const s3 = new S3Client({ ...account.client, forcePathStyle: true });
    await s3.send(new CreateBucketCommand({ Bucket: 'code' }));
    await s3.send(new PutObjectCommand({ Bucket: 'code', Key: 'a/f.zip', Body: zip(says('from S3')) }));
    await functions.create('from-s3', {}, { Code: { S3Bucket: 'code', S3Key: 'a/f.zip' } });
    expect((await functions.invoke('from-s3')).result).toBe('from S3 undefined');
    await expect(
      functions.create('missing', {}, { Code: { S3Bucket: 'code', S3Key: 'no.zip' } }),
    ).rejects.toMatchObject({ name: 'InvalidParameterValueException', message: expect.stringContaining('NoSuchKey') });
  });

  it('are refused as AWS refuses them', async () => {
    await functions.create('taken', says('x'));
    const refusals: Array<[Parameters<typeof functions.create>, string]> = [
      [['taken', says('x')], 'ResourceConflictException'],
      [['r', says('x'), { Role: 'arn:aws:iam::111122223333:role/none' }], 'InvalidParameterValueException'],
      [['r', says('x'), { Code: { ZipFile: Buffer.from('no zip') } }], 'InvalidParameterValueException'],
      [['r', says('x'), { Timeout: 901 }], 'InvalidParameterValueException'],
      [['r', says('x'), { Environment: { Variables: { AWS_REGION: 'x' } } }], 'InvalidParameterValueException'],
      [['r', says('x'), { Environment: { Variables: { '1ST': 'x' } } }], 'ValidationException'],
      [['r', says('x'), { Environment: { Variables: { 'A-B': 'x' } } }], 'ValidationException'],
      [['r', says('x'), { Environment: { Variables: { A: 'x' } } }], 'ValidationException'],
      [['r', says('x'), { Environment: { Variables: { NAME: 'x\u0000y' } } }], 'InvalidParameterValueException'],
      [['r', says('x'), { LoggingConfig: { LogGroup: 'a group' } }], 'ValidationException'],
      [['r', says('x'), { LoggingConfig: { LogGroup: 'a\u0000b' } }], 'ValidationException'],
      [['r', says('x'), { Runtime: 'python3.13' }], 'NotImplemented'],
      [['r', says('x'), { Runtime: 'nodejs14.x' }], 'InvalidParameterValueException'],
      [['r', says('x'), { Runtime: 'python3.7' }], 'InvalidParameterValueException'],
      [['r', says('x'), { Runtime: 'nodejs99.x' as 'nodejs22.x' }], 'InvalidParameterValueException'],
      [['r', says('x'), { Runtime: 'cobol' as 'nodejs22.x' }], 'InvalidParameterValueException'],
      [['r', says('x'), { VpcConfig: { SubnetIds: ['subnet-1'] } }], 'NotImplemented'],
    ];
    for (const [input, name] of refusals) await expect(functions.create(...input)).rejects.toMatchObject({ name });
  });

  it.each(['nodejs16.x', 'nodejs18.x', 'nodejs20.x', 'nodejs24.x'] as const)(
    'run with %s, which AWS does not block yet, and are never updated to a retired runtime',
    async (Runtime) => {
      const FunctionName = `on-${Runtime.replace('.', '-')}`;
      await functions.create(FunctionName, says('x'), { Runtime });
      for (const retired of ['nodejs12.x', 'nodejs14.x', 'nodejs'] as const) {
        await expect(
          functions.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Runtime: retired })),
        ).rejects.toMatchObject({
          name: 'InvalidParameterValueException',
          message: expect.stringContaining(`The runtime parameter of ${retired} is no longer supported`),
        });
      }
    },
  );

  it('have resource policies', async () => {
    const { lambda } = functions;
    await functions.create('policy', says('x'));
    const permission = {
      FunctionName: 'policy',
      StatementId: 'api',
      Action: 'lambda:InvokeFunction',
      Principal: 'apigateway.amazonaws.com',
      SourceArn: 'arn:aws:execute-api:us-east-1:111122223333:abc/*',
    };
    const { Statement } = await lambda.send(new AddPermissionCommand(permission));
    const statement = {
      Sid: 'api',
      Effect: 'Allow',
      Principal: { Service: 'apigateway.amazonaws.com' },
      Action: 'lambda:InvokeFunction',
      Resource: 'arn:aws:lambda:us-east-1:111122223333:function:policy',
      Condition: { ArnLike: { 'AWS:SourceArn': permission.SourceArn } },
    };
    expect(JSON.parse(Statement ?? '')).toEqual(statement);
    await expect(lambda.send(new AddPermissionCommand(permission))).rejects.toMatchObject({
      name: 'ResourceConflictException',
    });
    const { Policy } = await lambda.send(new GetPolicyCommand({ FunctionName: 'policy' }));
    expect(JSON.parse(Policy ?? '')).toEqual({ Version: '2012-10-17', Id: 'default', Statement: [statement] });
    await lambda.send(new RemovePermissionCommand({ FunctionName: 'policy', StatementId: 'api' }));
    await expect(lambda.send(new GetPolicyCommand({ FunctionName: 'policy' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  it('have versions and aliases', async () => {
    const { lambda } = functions;
    await functions.create('v', says('one'), { Publish: true });
    await lambda.send(new UpdateFunctionCodeCommand({ FunctionName: 'v', ZipFile: zip(says('two')) }));
    const published = await lambda.send(new PublishVersionCommand({ FunctionName: 'v', Description: 'second' }));
    expect(published).toMatchObject({
      Version: '2',
      Description: 'second',
      FunctionArn: expect.stringMatching(/:v:2$/),
    });
    expect((await lambda.send(new PublishVersionCommand({ FunctionName: 'v' }))).Version).toBe('2');
    const { Versions } = await lambda.send(new ListVersionsByFunctionCommand({ FunctionName: 'v' }));
    expect(Versions?.map(({ Version }) => Version)).toEqual(['$LATEST', '1', '2']);

    await lambda.send(new CreateAliasCommand({ FunctionName: 'v', Name: 'live', FunctionVersion: '1' }));
    expect(await functions.invoke('v', {}, { Qualifier: 'live' })).toMatchObject({
      result: 'one undefined',
      version: '1',
    });
    await lambda.send(new UpdateAliasCommand({ FunctionName: 'v', Name: 'live', FunctionVersion: '2' }));
    expect((await functions.invoke('v:live')).result).toBe('two undefined');
    expect(await lambda.send(new GetAliasCommand({ FunctionName: 'v', Name: 'live' }))).toMatchObject({
      AliasArn: 'arn:aws:lambda:us-east-1:111122223333:function:v:live',
      FunctionVersion: '2',
    });
    await expect(lambda.send(new DeleteFunctionCommand({ FunctionName: 'v', Qualifier: '2' }))).rejects.toMatchObject({
      name: 'ResourceConflictException',
    });
    await lambda.send(new DeleteAliasCommand({ FunctionName: 'v', Name: 'live' }));
    await lambda.send(new DeleteFunctionCommand({ FunctionName: 'v', Qualifier: '2' }));
    await expect(functions.invoke('v:2')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('have tags and a reserved concurrency', async () => {
    const { lambda } = functions;
    const { FunctionArn: Resource } = await functions.create('tagged', says('x'));
    await lambda.send(new TagResourceCommand({ Resource, Tags: { a: '1', b: '2', c: '3' } }));
    await lambda.send(new UntagResourceCommand({ Resource, TagKeys: ['a', 'b'] }));
    expect((await lambda.send(new ListTagsCommand({ Resource }))).Tags).toEqual({ c: '3' });

    const FunctionName = 'tagged';
    await lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 0 }));
    expect(await lambda.send(new GetFunctionConcurrencyCommand({ FunctionName }))).toMatchObject({
      ReservedConcurrentExecutions: 0,
    });
    await expect(functions.invoke(FunctionName)).rejects.toMatchObject({ name: 'TooManyRequestsException' });
    expect(await lambda.send(new GetAccountSettingsCommand({}))).toMatchObject({
      AccountLimit: { ConcurrentExecutions: 1000, UnreservedConcurrentExecutions: 1000 },
      AccountUsage: { FunctionCount: expect.any(Number), TotalCodeSize: expect.any(Number) },
    });
    await lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName }));
    expect((await functions.invoke(FunctionName)).error).toBeUndefined();
  });

  it('are listed page by page, and are there again when the account is opened again', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'websocket-lab-'));
    const first = await startTestAccount({ folder });
    const firstRole = await makeRole(first);
    const before = functionsOf(first, firstRole);
    for (const name of ['a', 'b', 'c']) await before.create(name, says(name));
    await before.invoke('a');
    const page = await before.lambda.send(new ListFunctionsCommand({ MaxItems: 2 }));
    expect(page.Functions?.map(({ FunctionName }) => FunctionName)).toEqual(['a', 'b']);
    const rest = await before.lambda.send(new ListFunctionsCommand({ MaxItems: 2, Marker: page.NextMarker }));
    expect(rest.Functions?.map(({ FunctionName }) => FunctionName)).toEqual(['c']);
    expect(rest.NextMarker).toBeUndefined();

    await first.close();
    const again = await startTestAccount({ folder });
    const after = functionsOf(again, firstRole);
    expect((await after.lambda.send(new ListFunctionsCommand({}))).Functions).toHaveLength(3);
    expect((await after.invoke('a')).result).toBe('a undefined');
    await again.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });
});
