import {
  AddPermissionCommand,
  CreateAliasCommand,
  DeleteAliasCommand,
  DeleteFunctionCommand,
  DeleteFunctionConcurrencyCommand,
  GetAccountSettingsCommand,
  GetAliasCommand,
  GetFunctionConcurrencyCommand,
  GetPolicyCommand,
  ListAliasesCommand,
  ListTagsCommand,
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  RemovePermissionCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateAliasCommand,
  UpdateFunctionCodeCommand,
} from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { testAccount } from '../../account.ts';
import { functionsOf, makeRole, zip } from './functions.ts';

const says = (text: string) => ({ 'index.js': `exports.handler = async () => '${text} ' + process.env.MOOD` });

const account = await testAccount();
const role = await makeRole(account);
const functions = functionsOf(account, role);

describe('functions, beside their code,', () => {
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
    const add = (change: object) =>
      lambda.send(new AddPermissionCommand({ ...permission, StatementId: 'b', ...change }));
    await expect(add({ Principal: 'apigatway.amazonaws.com' })).rejects.toThrow('The provided principal was invalid.');
    await expect(add({ SourceArn: 'abc/*' })).rejects.toThrow("Value 'abc/*' at 'sourceArn' failed");
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
    const aliasesOf = async (FunctionVersion?: string) =>
      (await lambda.send(new ListAliasesCommand({ FunctionName: 'v', FunctionVersion }))).Aliases;
    expect(await aliasesOf()).toEqual([expect.objectContaining({ Name: 'live', FunctionVersion: '2' })]);
    expect(await aliasesOf('1')).toEqual([]);
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
});
