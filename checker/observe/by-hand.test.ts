import { expect, test } from 'vitest';
import { type AttachedByHand, isOfStack, takeOff } from './by-hand.ts';

const role = 'chat-Sender-1';
const inline = (name: string): AttachedByHand => ({ kind: 'inline', role, name });
const managed = (arn: string): AttachedByHand => ({ kind: 'managed', role, arn, name: arn.split('/').at(-1) ?? '' });
const template = JSON.stringify({
  Resources: {
    Sender: {
      Type: 'AWS::IAM::Role',
      Properties: {
        Policies: [{ PolicyName: 'own', PolicyDocument: {} }],
        ManagedPolicyArns: [
          {
            'Fn::Join': [
              '',
              ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'],
            ],
          },
          'arn:aws:iam::111122223333:policy/team/chat',
        ],
      },
    },
    Default: { Type: 'AWS::IAM::Policy', Properties: { PolicyName: 'SenderDefaultPolicy1' } },
  },
});
const resources = [
  { logicalId: 'Made', physicalId: 'arn:aws:iam::111122223333:policy/made', type: 'AWS::IAM::ManagedPolicy' },
  { logicalId: 'Alone', physicalId: `alone|${role}`, type: 'AWS::IAM::RolePolicy' },
];

test.each([
  inline('own'),
  inline('SenderDefaultPolicy1'),
  inline('alone'),
  managed('arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'),
  managed('arn:aws:iam::111122223333:policy/team/chat'),
  managed('arn:aws:iam::111122223333:policy/made'),
])('$kind policy $name is of the stack', (policy) => {
  expect(isOfStack(policy, template, resources)).toBe(true);
});

test.each([
  inline('post'),
  inline('SenderDefaultPolicy'),
  managed('arn:aws:iam::aws:policy/AdministratorAccess'),
  managed('arn:aws:iam::111122223333:policy/post'),
])('$kind policy $name is not', (policy) => {
  expect(isOfStack(policy, template, resources)).toBe(false);
});

test('can be removed with one command', () => {
  expect(takeOff(inline('post'))).toBe(`aws iam delete-role-policy --role-name ${role} --policy-name post`);
  expect(takeOff(managed('arn:aws:iam::aws:policy/AdministratorAccess'))).toBe(
    `aws iam detach-role-policy --role-name ${role} --policy-arn arn:aws:iam::aws:policy/AdministratorAccess`,
  );
});
