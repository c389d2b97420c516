import { expect, test } from 'vitest';
import { isTrusted } from './trusted-by.ts';

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
