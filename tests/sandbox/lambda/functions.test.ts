import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AttachRolePolicyCommand, IAMClient } from '@aws-sdk/client-iam';
import {
  DeleteFunctionCommand,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  ListFunctionsCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { startTestAccount, testAccount } from '../../account.ts';
import { functionsOf, makeRole, zip } from './functions.ts';

const says = (text: string) => ({ 'index.js': `exports.handler = async () => '${text} ' + process.env.MOOD` });

const account = await testAccount();
const role = await makeRole(account);
const functions = functionsOf(account, role);

describe('functions', () => {
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
    await expect(functions.create('g', says('x'), { Handler: 'index handler' })).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining("Value 'index handler' at 'handler' failed"),
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

  it('are rejected as AWS rejects them', async () => {
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

  it('are listed page by page, and survive a restart', async () => {
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
