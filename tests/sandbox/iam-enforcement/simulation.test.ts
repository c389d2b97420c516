import {
  CreatePolicyCommand,
  GetContextKeysForCustomPolicyCommand,
  GetContextKeysForPrincipalPolicyCommand,
  IAMClient,
  SimulateCustomPolicyCommand,
  SimulatePrincipalPolicyCommand,
} from '@aws-sdk/client-iam';
import { expect, test } from 'vitest';
import { testAccount } from '../../account.ts';
import { arnOfUser, makeRole, makeUser, policy } from './callers.ts';

const account = await testAccount();
const iam = new IAMClient(account.client);

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
