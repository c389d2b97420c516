import { CloudFormationClient, DeleteStackCommand } from '@aws-sdk/client-cloudformation';
import {
  AdminGetUserCommand,
  AdminListGroupsForUserCommand,
  CognitoIdentityProviderClient,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  ListGroupsCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { expect, test } from 'vitest';
import { testAccount } from '../../account.ts';
import { create, ended, update } from '../cloudformation/deploying.ts';
import { email, outputs, poolsNamed, template } from './pool-stack.ts';

const account = await testAccount();
const client = new CloudFormationClient(account.client);
const cognito = new CognitoIdentityProviderClient(account.client);

test('a stack creates, changes and deletes a pool with its client and group', async () => {
  const Tags = [{ Key: 'team', Value: 'unicorn' }];
  const stack = await create(client, 'room', template(), { Tags });
  expect(stack.StackStatus).toBe('CREATE_COMPLETE');
  const { UserPoolId, ClientId, Arn, Provider } = outputs(stack);
  expect(Arn).toBe(`arn:aws:cognito-idp:us-east-1:111122223333:userpool/${UserPoolId}`);
  expect(Provider).toBe(`https://cognito-idp.us-east-1.amazonaws.com/${UserPoolId}`);
  const { UserPool } = await cognito.send(new DescribeUserPoolCommand({ UserPoolId }));
  expect(UserPool).toMatchObject({
    Name: expect.stringMatching(/^room-Users-/),
    UserPoolTags: { team: 'unicorn' },
    Policies: { PasswordPolicy: { MinimumLength: 10, RequireLowercase: true, RequireSymbols: false } },
    UsernameConfiguration: { CaseSensitive: false },
  });
  const { UserPoolClient } = await cognito.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId }));
  expect(UserPoolClient).toMatchObject({ IdTokenValidity: 5, TokenValidityUnits: { IdToken: 'minutes' } });
  const { Groups } = await cognito.send(new ListGroupsCommand({ UserPoolId }));
  expect(Groups).toMatchObject([{ GroupName: 'herd', Precedence: 1 }]);

  const stable = { Name: 'stable', AttributeDataType: 'String', Mutable: true };
  const wider = template({
    pool: { Schema: [email, stable], Policies: { PasswordPolicy: { MinimumLength: 14 } } },
    page: { IdTokenValidity: 10 },
  });
  const updated = await update(client, 'room', wider);
  expect(updated.StackStatus).toBe('UPDATE_COMPLETE');
  expect(outputs(updated)).toEqual(outputs(stack));
  const { UserPool: now } = await cognito.send(new DescribeUserPoolCommand({ UserPoolId }));
  expect(now?.Name).toBe(UserPool?.Name);
  expect(now?.Policies?.PasswordPolicy?.MinimumLength).toBe(14);
  expect(now?.SchemaAttributes?.at(-1)?.Name).toBe('custom:stable');
  expect(now?.UserPoolTags).toEqual({ team: 'unicorn' });

  const closed = await update(
    client,
    'room',
    template({ pool: { Schema: [email, stable] }, page: { GenerateSecret: true } }),
  );
  const replaced = outputs(closed).ClientId;
  expect(replaced).not.toBe(ClientId);
  await expect(cognito.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });

  await client.send(new DeleteStackCommand({ StackName: 'room' }));
  await ended(client, stack.StackId);
  expect(await poolsNamed(cognito, 'room-')).toEqual([]);
});

test('a user of a stack, and whether they are in a group', async () => {
  const more = {
    Intern: {
      Type: 'AWS::Cognito::UserPoolUser',
      Properties: {
        Username: 'intern',
        UserPoolId: { Ref: 'Users' },
        MessageAction: 'SUPPRESS',
        UserAttributes: [{ Name: 'email', Value: 'intern@example.com' }],
      },
    },
  };
  const stack = await create(client, 'staffed', template({ more }));
  expect(stack.StackStatus).toBe('CREATE_COMPLETE');
  const { UserPoolId } = outputs(stack);
  const user = await cognito.send(new AdminGetUserCommand({ UserPoolId, Username: 'intern' }));
  expect(user).toMatchObject({ Username: 'intern', UserStatus: 'FORCE_CHANGE_PASSWORD' });
  const [UserPoolUser, GroupName] = [{ Ref: 'Intern' }, { Ref: 'Herd' }];
  const InTheHerd = {
    Type: 'AWS::Cognito::UserPoolUserToGroupAttachment',
    Properties: { UserPoolId: { Ref: 'Users' }, Username: UserPoolUser, GroupName },
  };
  const groups = async () => {
    const asked = await cognito.send(new AdminListGroupsForUserCommand({ UserPoolId, Username: 'intern' }));
    return asked.Groups?.map((group) => group.GroupName);
  };
  await update(client, 'staffed', template({ more: { ...more, InTheHerd } }));
  expect(await groups()).toEqual(['herd']);
  await update(client, 'staffed', template({ more }));
  expect(await groups()).toEqual([]);
});

/** A function that refuses everybody, as the CDK writes a trigger, with or without the permission to invoke it. */
function refusing(...permission: object[]): object {
  const service = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } };
  return {
    Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Statement: [service] } } },
    Gate: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Code: { ZipFile: "exports.handler = async () => { throw new Error('Nobody'); };" },
        Handler: 'index.handler',
        Runtime: 'nodejs24.x',
        Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
      },
    },
    ...Object.fromEntries(
      permission.map((Properties) => ['Permission', { Type: 'AWS::Lambda::Permission', Properties }]),
    ),
  };
}

test('a stack attaches a trigger to its pool and removes it', async () => {
  const LambdaConfig = { PreSignUp: { 'Fn::GetAtt': ['Gate', 'Arn'] } };
  const roles = { Capabilities: ['CAPABILITY_IAM' as const] };
  const stack = await create(client, 'guarded', template({ pool: { LambdaConfig }, more: refusing() }), roles);
  expect(stack.StackStatus).toBe('CREATE_COMPLETE');
  const { UserPoolId, ClientId } = outputs(stack);
  const UserAttributes = [{ Name: 'email', Value: 'ada@example.com' }];
  const signUp = () =>
    cognito.send(new SignUpCommand({ ClientId, Username: 'ada', Password: 'unicorns-2026', UserAttributes }));
  await expect(signUp()).rejects.toMatchObject({ name: 'UnexpectedLambdaException' });
  const permission = {
    Action: 'lambda:InvokeFunction',
    FunctionName: { Ref: 'Gate' },
    Principal: 'cognito-idp.amazonaws.com',
    SourceArn: { 'Fn::GetAtt': ['Users', 'Arn'] },
  };
  await update(client, 'guarded', template({ pool: { LambdaConfig }, more: refusing(permission) }), roles);
  await expect(signUp()).rejects.toMatchObject({ message: 'PreSignUp failed with error Nobody.' });
  await update(client, 'guarded', template({ more: refusing() }), roles);
  const { UserPool } = await cognito.send(new DescribeUserPoolCommand({ UserPoolId }));
  expect(UserPool?.LambdaConfig).toEqual({});
  expect(await signUp()).toMatchObject({ UserConfirmed: false });
});
