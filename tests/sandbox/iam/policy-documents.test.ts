import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import {
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  GetPolicyVersionCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListUsersCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { describe, expect, test } from 'vitest';
import { testAccount } from '../../account.ts';
import { create, update } from '../cloudformation/deploying.ts';
import { makeRole, makeUser, policy } from '../iam-enforcement/callers.ts';

const account = await testAccount();
const iam = new IAMClient(account.client);

const Statement = [{ Effect: 'Allow', Action: 'iam:ListUsers', Resource: '*' }];

describe.each([{}, { Version: '2008-10-17' }])('a policy with %j for its version', (version) => {
  const PolicyDocument = JSON.stringify({ ...version, Statement });
  const name = Object.values(version).join() || 'none';

  test('is accepted inline, and grants', async () => {
    const UserName = `inline-${name}`;
    const user = await makeUser(account, UserName);
    const list = () => new IAMClient(user).send(new ListUsersCommand({}));
    await expect(list()).rejects.toThrow('not authorized');
    await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'p', PolicyDocument }));
    await list();
    const RoleName = `inline-${name}`;
    await makeRole(account, RoleName, []);
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'p', PolicyDocument }));
    const put = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName: 'p' }));
    expect(decodeURIComponent(put.PolicyDocument ?? '')).toBe(PolicyDocument);
  });

  test('is rejected as a managed policy', async () => {
    const rejection = 'Policy document must be version 2012-10-17 or greater.';
    await expect(iam.send(new CreatePolicyCommand({ PolicyName: name, PolicyDocument }))).rejects.toThrow(rejection);
    const made = await iam.send(new CreatePolicyCommand({ PolicyName: `v-${name}`, PolicyDocument: policy({}) }));
    const PolicyArn = made.Policy?.Arn;
    await expect(iam.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument }))).rejects.toThrow(rejection);
  });
});

test('CloudFormation accepts policies as JSON text', async () => {
  const client = new CloudFormationClient(account.client);
  const trust = { Effect: 'ALLOW', Principal: { AWS: '111122223333' }, Action: 'sts:AssumeRole' };
  const template = (Action: string) => ({
    Resources: {
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          RoleName: 'as-text',
          AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [trust] }),
          Policies: [{ PolicyName: 'own', PolicyDocument: JSON.stringify({ Statement }) }],
        },
      },
      Inline: {
        Type: 'AWS::IAM::Policy',
        Properties: {
          PolicyName: 'inline',
          PolicyDocument: {
            'Fn::Sub': `{"Statement":[{"Effect":"Allow","Action":"${Action}","Resource":"arn:aws:s3:::\${AWS::Region}"}]}`,
          },
          Roles: [{ Ref: 'Role' }],
        },
      },
      Managed: {
        Type: 'AWS::IAM::ManagedPolicy',
        Properties: { ManagedPolicyName: 'managed', PolicyDocument: policy({ Action }) },
      },
    },
  });
  const Capabilities = ['CAPABILITY_NAMED_IAM' as const];
  expect((await create(client, 'texts', template('s3:GetObject'), { Capabilities })).StackStatus).toBe(
    'CREATE_COMPLETE',
  );
  const inline = await iam.send(new GetRolePolicyCommand({ RoleName: 'as-text', PolicyName: 'inline' }));
  expect(JSON.parse(decodeURIComponent(inline.PolicyDocument ?? ''))).toEqual({
    Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::us-east-1' }],
  });
  expect((await update(client, 'texts', template('s3:PutObject'), { Capabilities })).StackStatus).toBe(
    'UPDATE_COMPLETE',
  );
  const managed = { PolicyArn: 'arn:aws:iam::111122223333:policy/managed', VersionId: 'v2' };
  const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand(managed));
  expect(decodeURIComponent(PolicyVersion?.Document ?? '')).toContain('s3:PutObject');
  // The trust's effect in capitals counts.
  const RoleArn = 'arn:aws:iam::111122223333:role/as-text';
  await new STSClient(account.client).send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'me' }));
  const broken = template('s3:PutObject');
  broken.Resources.Role.Properties.AssumeRolePolicyDocument = 'no JSON';
  const failed = await update(client, 'texts', broken, { Capabilities });
  expect(failed.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
  await expect(
    iam.send(new CreateRoleCommand({ RoleName: 'x', AssumeRolePolicyDocument: 'no JSON' })),
  ).rejects.toMatchObject({ name: 'MalformedPolicyDocumentException' });
});
