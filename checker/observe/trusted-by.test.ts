import { expect, test } from 'vitest';
import { admittedBeyond, isTrusted } from './trusted-by.ts';

const role = 'arn:aws:iam::111122223333:role/chat-Sender';
const trust = (Principal: unknown, Effect = 'Allow') =>
  JSON.stringify({ Statement: [{ Effect, Action: 'sts:AssumeRole', Principal }] });

test.each([
  ['by name', { AWS: role }, true],
  ['among others', { AWS: ['arn:aws:iam::111122223333:role/other', role] }, true],
  ['as everybody', '*', true],
  ['by a session of it', { AWS: 'arn:aws:sts::111122223333:assumed-role/chat-Sender/chat-SendMessage' }, true],
  ['not: by a session of another', { AWS: 'arn:aws:sts::111122223333:assumed-role/chat-Sender2/chat' }, false],
  ['not: only its account', { AWS: 'arn:aws:iam::111122223333:root' }, false],
  ['not: a service', { Service: 'lambda.amazonaws.com' }, false],
])('a trust policy lets a role in %s', (_, principal, expected) => {
  expect(isTrusted(role, trust(principal))).toBe(expected);
});

test('an explicit deny is not trusted', () => {
  expect(isTrusted(role, trust({ AWS: role }, 'Deny'))).toBe(false);
});

test.each([
  ['one of them', [['Allow', 'lambda:PutFunctionConcurrency']], 'lambda:PutFunctionConcurrency'],
  ['some of them', [['Allow', 'lambda:Update*']], 'lambda:Update*'],
  ['no others', [['Allow', ['lambda:GetPolicy', 'lambda:InvokeFunction', 's3:*']]], undefined],
  [
    'one that is denied, too',
    [
      ['Allow', 'lambda:DeleteAlias'],
      ['Deny', 'lambda:Delete*'],
    ],
    undefined,
  ],
])('what a policy allows beyond harmless actions: %s', (_, statements, expected) => {
  const Statement = statements.map(([Effect, Action]) => ({ Effect, Action, Principal: { AWS: role } }));
  const beyond = { of: 'lambda:?*', except: ['lambda:Get*', 'lambda:Invoke*'] };
  expect(admittedBeyond(role, beyond, JSON.stringify({ Statement }))).toBe(expected);
});
