import { IAMClient, SimulateCustomPolicyCommand, SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam';
import { expect, test } from 'vitest';
import type { Target } from '../../../checker/aws/target.ts';
import type { Sender } from '../../../checker/observe/sender.ts';
import { simulate as askChecker } from '../../../checker/observe/simulate.ts';
import { testAccount } from '../../account.ts';
import { arnOfUser, makeRole, makeUser, policy } from './callers.ts';

const account = await testAccount();
const iam = new IAMClient(account.client);

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
