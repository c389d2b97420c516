// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are policy variables.
import { expect, test } from 'vitest';
import { ask, policy } from './asked.ts';

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_EvaluationResult.html

test('a decision names every statement that allowed', () => {
  const one = { Sid: 'One', Effect: 'Allow', Action: 's3:*', Resource: '*' };
  const managed = {
    ...policy([{ ...one, Action: 'sqs:*' }, one]),
    name: 'Managed',
    arn: 'arn:aws:iam::aws:policy/Managed',
  };
  const decision = ask({ identityPolicies: [managed, policy({ ...one, Sid: 'Two' })] });
  const first = { kind: 'identity', policyName: 'Managed', policyArn: managed.arn, Sid: 'One', index: 1 };
  expect(decision.statement).toEqual(first);
  expect(decision.statements).toEqual([first, { kind: 'identity', policyName: 'a-policy', Sid: 'Two', index: 0 }]);
});

test('a decision names only the statement that denied', () => {
  const statements = [
    { Effect: 'Allow', Action: '*', Resource: '*' },
    { Effect: 'Deny', Action: 's3:*', Resource: '*' },
  ];
  const decision = ask({ identityPolicies: [policy(statements)] });
  expect(decision.statements).toEqual([{ kind: 'identity', policyName: 'a-policy', index: 1 }]);
  expect(ask({}).statement).toBeUndefined();
});

test('a decision says which context keys were missing, for the relevant statements', () => {
  const about = (Action: string, key: string) => ({
    Effect: 'Allow',
    Action,
    Resource: 'arn:aws:s3:::bucket/*',
    Condition: { StringEquals: { [key]: '${aws:PrincipalTag/Team}' }, Bool: { 'aws:SecureTransport': true } },
  });
  const decision = ask({
    context: { 'aws:securetransport': 'true' },
    identityPolicies: [policy([about('s3:*', 'aws:SourceVpc'), about('sqs:*', 'aws:userid')])],
  });
  expect(decision.missingContext).toEqual(['aws:SourceVpc', 'aws:PrincipalTag/Team']);
});

test('a decision gives the decision of each kind of policy', () => {
  const decision = ask({
    identityPolicies: [policy({ Effect: 'Allow', Action: '*', Resource: '*' })],
    permissionsBoundary: policy({ Effect: 'Allow', Action: 'sqs:*', Resource: '*' }),
  });
  expect(decision.allowedBy).toEqual({ identity: true, resource: false, boundary: false });
});
