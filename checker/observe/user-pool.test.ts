import { ResourceNotFoundException } from '@aws-sdk/client-cognito-identity-provider';
import { expect, test } from 'vitest';
import type { Subject } from '../checking/check.ts';
import { LabError } from '../failures/errors.ts';
import { observePool } from './user-pool.ts';

test('a pool or client deleted outside the stack is reported, with what to do', async () => {
  const message = 'User pool us-east-1_aaaaaaaaa does not exist.';
  const send = () => Promise.reject(new ResourceNotFoundException({ message, $metadata: {} }));
  const target = { clients: { cognito: async () => ({ send }) } } as unknown as Subject['target'];
  const seen = observePool({ target, lab: '03-no-auth' }, { id: 'us-east-1_aaaaaaaaa', clientId: 'c1' });
  await expect(seen).rejects.toThrow(LabError);
  await expect(seen).rejects.toMatchObject({
    message: expect.stringContaining(message),
    next: expect.stringContaining('npx lab destroy 03'),
  });
});

const text = (Name: string, MinLength = '0', MaxLength = '2048') => ({
  Name,
  AttributeDataType: 'String',
  StringAttributeConstraints: { MinLength, MaxLength },
});
const SchemaAttributes = [
  ...['sub', 'email', 'phone_number', 'name', 'preferred_username', 'custom:team'].map((name) => text(name)),
  text('birthdate', '10', '10'),
  text('nickname', '0', '12'),
  { Name: 'email_verified', AttributeDataType: 'Boolean' },
];

test.each([
  ['all standard ones', undefined, {}, ['phone_number', 'name', 'preferred_username', 'birthdate', 'nickname']],
  ['those that its client lists', ['email', 'custom:team'], {}, ['custom:team']],
  [
    'none that Cognito verifies or people sign in with',
    ['phone_number', 'preferred_username', 'name'],
    { AutoVerifiedAttributes: ['phone_number'], AliasAttributes: ['preferred_username'] },
    ['name'],
  ],
])('a client can write attributes that nobody verifies: %s', async (_, WriteAttributes, settings, expected) => {
  const send = async () => ({ UserPool: { SchemaAttributes, ...settings }, UserPoolClient: { WriteAttributes } });
  const target = { clients: { cognito: async () => ({ send }) } } as unknown as Subject['target'];
  const { writable } = await observePool({ target, lab: '08-open-sign-up' }, { id: 'p', clientId: 'c' });
  expect(writable.map(({ name }) => name)).toEqual(expected);
});

test.each([
  ['if nobody signs in with it', {}, ['name', 'preferred_username']],
  ['unless people sign in with it', { AliasAttributes: ['preferred_username'] }, ['name']],
])('a client can write a preferred username, %s', async (_, settings, expected) => {
  const send = async () => ({ UserPool: { SchemaAttributes, ...settings }, UserPoolClient: {} });
  const target = { clients: { cognito: async () => ({ send }) } } as unknown as Subject['target'];
  const { claimable } = await observePool({ target, lab: '05-spoofed-sender' }, { id: 'p', clientId: 'c' });
  expect(claimable).toEqual(expected);
});
