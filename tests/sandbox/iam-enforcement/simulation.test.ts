import {
  CreatePolicyCommand,
  GetContextKeysForCustomPolicyCommand,
  GetContextKeysForPrincipalPolicyCommand,
  IAMClient,
  SimulateCustomPolicyCommand,
  SimulatePrincipalPolicyCommand,
} from '@aws-sdk/client-iam';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Target } from '../../../checker/aws/target.ts';
import type { Sender } from '../../../checker/observe/sender.ts';
import { simulate as askChecker } from '../../../checker/observe/simulate.ts';
import { startTestAccount, type TestAccount } from '../../account.ts';
import { arnOfUser, makeRole, makeUser, policy } from './callers.ts';

let account: TestAccount;
let iam: IAMClient;

beforeAll(async () => {
  account = await startTestAccount();
  iam = new IAMClient(account.client);
});
afterAll(() => account.close());

const manage = 'execute-api:ManageConnections';
const connections = (apiId: string) =>
  `arn:aws:execute-api:us-east-1:111122223333:${apiId}/prod/POST/@connections/L0SM9cOFvHcCIhw=`;

test('reports per action and resource what a role may do, and which statement says so', async () => {
  const PolicySourceArn = await makeRole(account, 'sender', [
    { Action: 'dynamodb:Scan' },
    { Action: manage, Resource: 'arn:aws:execute-api:*:*:a1b2c3/*/*/@connections/*' },
  ]);
  const { EvaluationResults, IsTruncated } = await iam.send(
    new SimulatePrincipalPolicyCommand({
      PolicySourceArn,
      ActionNames: [manage, 'dynamodb:DeleteTable'],
      ResourceArns: [connections('a1b2c3'), connections('z9y8x7')],
    }),
  );
  expect(IsTruncated).toBe(false);
  expect(EvaluationResults).toMatchObject([
    {
      EvalActionName: manage,
      ResourceSpecificResults: [
        {
          EvalResourceName: connections('a1b2c3'),
          EvalResourceDecision: 'allowed',
          MatchedStatements: [
            {
              SourcePolicyId: 'role_sender_permissions',
              SourcePolicyType: 'IAM Policy',
              StartPosition: { Line: 1, Column: 97 },
              EndPosition: { Line: 1, Column: expect.any(Number) },
            },
          ],
        },
        { EvalResourceName: connections('z9y8x7'), EvalResourceDecision: 'implicitDeny', MatchedStatements: [] },
      ],
    },
    {
      EvalActionName: 'dynamodb:DeleteTable',
      EvalDecision: 'implicitDeny',
      ResourceSpecificResults: [{ EvalResourceDecision: 'implicitDeny' }, { EvalResourceDecision: 'implicitDeny' }],
    },
  ]);
});

test('names the missing context keys, and decides with those that are given', async () => {
  await makeUser(account, 'ida', [
    { Action: 'ssm:*', Condition: { StringEquals: { 'aws:RequestedRegion': ['us-east-1', 'eu-west-1'] } } },
    { Effect: 'Deny', Action: 'ssm:*', Condition: { 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'secret' } } },
  ]);
  const PolicySourceArn = arnOfUser('ida');
  const { ContextKeyNames } = await iam.send(new GetContextKeysForPrincipalPolicyCommand({ PolicySourceArn }));
  expect(ContextKeyNames).toEqual(['aws:RequestedRegion', 'aws:TagKeys']);
  const ask = async (region?: string, tags?: string[]) => {
    const { EvaluationResults } = await iam.send(
      new SimulatePrincipalPolicyCommand({
        PolicySourceArn,
        ActionNames: ['ssm:GetParameter'],
        ContextEntries: [
          ...(region === undefined
            ? []
            : [
                {
                  ContextKeyName: 'aws:requestedregion',
                  ContextKeyValues: [region],
                  ContextKeyType: 'string' as const,
                },
              ]),
          ...(tags === undefined
            ? []
            : [{ ContextKeyName: 'aws:TagKeys', ContextKeyValues: tags, ContextKeyType: 'stringList' as const }]),
        ],
      }),
    );
    return EvaluationResults?.[0];
  };
  expect(await ask()).toMatchObject({
    EvalResourceName: '*',
    EvalDecision: 'implicitDeny',
    MissingContextValues: ['aws:RequestedRegion', 'aws:TagKeys'],
  });
  expect(await ask('eu-west-1')).toMatchObject({ EvalDecision: 'allowed', MissingContextValues: ['aws:TagKeys'] });
  expect(await ask('us-west-2', ['a'])).toMatchObject({ EvalDecision: 'implicitDeny', MissingContextValues: [] });
  expect(await ask('us-east-1', ['a', 'secret'])).toMatchObject({ EvalDecision: 'explicitDeny' });
});

test('a boundary counts, and its decision is reported separately', async () => {
  const PolicyDocument = policy({ Action: 'ssm:Get*' });
  const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName: 'getters', PolicyDocument }));
  const PolicySourceArn = await makeRole(account, 'bounded', [{ Action: 'ssm:*' }], {
    PermissionsBoundary: Policy?.Arn ?? '',
  });
  const ActionNames = ['ssm:GetParameter', 'ssm:PutParameter'];
  const { EvaluationResults } = await iam.send(new SimulatePrincipalPolicyCommand({ PolicySourceArn, ActionNames }));
  expect(EvaluationResults).toMatchObject([
    { EvalDecision: 'allowed', PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: true } },
    { EvalDecision: 'implicitDeny', PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: false } },
  ]);
});

test('simulates policies that are attached to nobody, in pages', async () => {
  const document = `{
  "Version": "2012-10-17",
  "Statement": {
    "Effect": "Allow",
    "Action": "s3:*",
    "Resource": "*"
  }
}`;
  const simulate = (Marker?: string) =>
    iam.send(
      new SimulateCustomPolicyCommand({
        PolicyInputList: [document, policy({ Effect: 'Deny', Action: 's3:Delete*' })],
        ActionNames: ['s3:ListBucket', 's3:DeleteObject', 'sqs:SendMessage'],
        MaxItems: 2,
        Marker,
      }),
    );
  const first = await simulate();
  expect(first).toMatchObject({
    IsTruncated: true,
    EvaluationResults: [
      {
        EvalActionName: 's3:ListBucket',
        EvalDecision: 'allowed',
        MatchedStatements: [
          {
            SourcePolicyId: 'PolicyInputList.1',
            StartPosition: { Line: 3, Column: 16 },
            EndPosition: { Line: 7, Column: 4 },
          },
        ],
      },
      { EvalDecision: 'explicitDeny', MatchedStatements: [{ SourcePolicyId: 'PolicyInputList.2' }] },
    ],
  });
  expect(await simulate(first.Marker)).toMatchObject({
    IsTruncated: false,
    EvaluationResults: [{ EvalActionName: 'sqs:SendMessage', EvalDecision: 'implicitDeny' }],
  });
  const { ContextKeyNames } = await iam.send(
    new GetContextKeysForCustomPolicyCommand({
      PolicyInputList: [policy({ Condition: { Bool: { 'aws:SecureTransport': 'true' } } })],
    }),
  );
  expect(ContextKeyNames).toEqual(['aws:SecureTransport']);
});

test('across accounts both decisions are reported', async () => {
  const ResourcePolicy = policy({ Principal: { AWS: arnOfUser('zoe') }, Resource: '*' });
  const { EvaluationResults } = await iam.send(
    new SimulateCustomPolicyCommand({
      PolicyInputList: [policy({ Action: 'sqs:*' })],
      ActionNames: ['s3:GetObject', 'sqs:SendMessage'],
      ResourcePolicy,
      ResourceOwner: 'arn:aws:iam::444455556666:root',
      CallerArn: arnOfUser('zoe'),
    }),
  );
  expect(EvaluationResults).toMatchObject([
    {
      EvalDecision: 'implicitDeny',
      EvalDecisionDetails: { 'IAM Policy': 'implicitDeny', 'Resource Policy': 'allowed' },
    },
    { EvalDecision: 'allowed', EvalDecisionDetails: { 'IAM Policy': 'allowed', 'Resource Policy': 'allowed' } },
  ]);
});

test.each([
  ['arn:aws:sts::111122223333:assumed-role/sender/x', 's3:GetObject', 'InvalidInputException'],
  ['arn:aws:iam::111122223333:role/nobody', 's3:GetObject', 'NoSuchEntityException'],
  [arnOfUser('administrator'), 's3:Get*', 'InvalidInputException'],
  [arnOfUser('administrator'), 'GetObject', 'InvalidInputException'],
])('%s and %s: %s', async (PolicySourceArn, action, name) => {
  const simulate = new SimulatePrincipalPolicyCommand({ PolicySourceArn, ActionNames: [action] });
  await expect(iam.send(simulate)).rejects.toMatchObject({ name });
});

test.each([
  ['two boundaries', { PermissionsBoundaryPolicyInputList: [policy({}), policy({})] }],
  ["a resource's policy without a caller", { ResourcePolicy: policy({ Principal: '*' }) }],
  ['a caller that is no user', { CallerArn: 'arn:aws:iam::111122223333:role/sender' }],
  ['a session as caller', { CallerArn: 'arn:aws:sts::111122223333:assumed-role/sender/x' }],
])('a simulation with %s: InvalidInput', async (_what, members) => {
  const simulate = new SimulateCustomPolicyCommand({
    PolicyInputList: [policy({})],
    ActionNames: ['s3:GetObject'],
    ...members,
  });
  await expect(iam.send(simulate)).rejects.toMatchObject({ name: 'InvalidInputException' });
});

test('a context key of an unknown type: ValidationError', async () => {
  const simulate = new SimulateCustomPolicyCommand({
    PolicyInputList: [policy({})],
    ActionNames: ['s3:GetObject'],
    ContextEntries: [{ ContextKeyName: 'aws:username', ContextKeyType: 'text' as never, ContextKeyValues: ['ann'] }],
  });
  await expect(iam.send(simulate)).rejects.toMatchObject({
    name: 'ValidationError',
    message: expect.stringContaining("Value 'text' at 'contextEntries.1.member.contextKeyType'"),
  });
});

const role = 'arn:aws:iam::111122223333:role/x';

test.each([
  [['iam:PassRole', 'sts:AssumeRole'], [role], '[iam:PassRole] and [sts:AssumeRole]'],
  [['sts:AssumeRole', 'iam:GetRole', 'iam:PassRole'], [], '[iam:GetRole,iam:PassRole] and [sts:AssumeRole]'],
  [
    ['apigateway:PATCH', 'apigateway:GET', 'apigateway:TagResource'],
    ['arn:aws:apigateway:us-east-1::/apis/a1b2c3/stages'],
    '[apigateway:PATCH,apigateway:GET] and [apigateway:TagResource]',
  ],
])('%j on %j are not simulated together', async (ActionNames, ResourceArns, groups) => {
  const PolicyInputList = [policy({})];
  await expect(
    iam.send(new SimulateCustomPolicyCommand({ PolicyInputList, ActionNames, ResourceArns })),
  ).rejects.toMatchObject({
    name: 'InvalidInputException',
    message: expect.stringContaining(`Invalid Input Actions: ${groups} require different authorization information.`),
  });
  const name = `asks-${ActionNames.join('-').replaceAll(':', '')}`.slice(0, 64);
  await makeUser(account, name, [{}]);
  const PolicySourceArn = arnOfUser(name);
  await expect(
    iam.send(new SimulatePrincipalPolicyCommand({ PolicySourceArn, ActionNames, ResourceArns })),
  ).rejects.toThrow('require different authorization information');
  for (const action of ActionNames) {
    const { EvaluationResults } = await iam.send(
      new SimulatePrincipalPolicyCommand({ PolicySourceArn, ActionNames: [action], ResourceArns }),
    );
    expect(EvaluationResults?.[0]?.EvalDecision).toBe('allowed');
  }
});

test('the checker asks for one action at a time, because IAM does not simulate all of them together', async () => {
  const roleArn = await makeRole(account, 'mixed', [{ Action: ['iam:PassRole', 'iam:GetRole'] }]);
  const target = { clients: { iam: async () => iam }, region: 'us-east-1' } as unknown as Target;
  const functionArn = 'arn:aws:lambda:us-east-1:111122223333:function:mixed';
  const sender = { roleArn, roleName: 'mixed', functionArn } as Sender;
  const answers = await askChecker(
    { target },
    sender,
    ['iam:GetRole', 'iam:PassRole', 'sts:AssumeRole'].map((action) => ({ action, resource: role })),
  );
  expect(answers.map(({ action, decision }) => [action, decision])).toEqual([
    ['iam:GetRole', 'allowed'],
    ['iam:PassRole', 'allowed'],
    ['sts:AssumeRole', 'denied'],
  ]);
});
