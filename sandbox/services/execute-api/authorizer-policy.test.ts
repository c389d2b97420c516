import { expect, it } from 'vitest';
import { decide } from './authorizer-policy.ts';

const arn = 'arn:aws:execute-api:us-east-1:111122223333:abc/prod/$connect';
const asking = { principalId: 'ann', methodArn: arn, context: { 'aws:SourceIp': '127.0.0.1' } };
const allow = { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: arn };
const deny = { ...allow, Effect: 'Deny' };

it.each([
  ['an allow', [allow], 'allowed'],
  ['a statement that is not in a list', allow, 'allowed'],
  ['any case of the action', [{ ...allow, Action: 'Execute-API:invoke' }], 'allowed'],
  ['wildcards', [{ ...allow, Action: '*', Resource: ['x', 'arn:aws:execute-api:*:*:abc/????/*'] }], 'allowed'],
  ['a deny beside an allow', [allow, deny], 'denied'],
  ['no statement', [], 'denied'],
  ['another route', [{ ...allow, Resource: arn.replace('$connect', 'x') }], 'denied'],
  ['another action', [{ ...allow, Action: 'execute-api:ManageConnections' }], 'denied'],
  ['all but another', [{ Effect: 'Allow', NotAction: 's3:*', NotResource: 'arn:aws:s3:::b' }], 'allowed'],
  ['no effect', [{ ...allow, Effect: undefined }], 'malformed'],
  ['no resource', [{ Effect: 'Allow', Action: '*' }], 'malformed'],
  ['a condition', [{ ...allow, Condition: { IpAddress: { 'aws:SourceIp': '127.0.0.0/8' } } }], 'allowed'],
  ['a condition that does not hold', [{ ...allow, Condition: { Bool: { x: 'true' } } }], 'denied'],
  ['a star that ends a part of the ARN', [{ ...allow, Resource: 'arn:aws:execute-api:*' }], 'allowed'],
  ['an ARN that is not whole', [{ ...allow, Resource: 'arn:aws:execute-api' }], 'denied'],
  ['both an action and all but one', [{ ...allow, NotAction: 's3:*' }], 'malformed'],
])('decides on %s', (_name, Statement, decision) => {
  expect(decide({ Version: '2012-10-17', Statement }, asking)).toBe(decision);
});

it('rejects invalid policies as malformed', () => {
  for (const policy of [undefined, null, 'Allow', {}]) expect(decide(policy, asking)).toBe('malformed');
});
