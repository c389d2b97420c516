import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../../iam-policy/parse.ts';
import type { PolicyStatement } from './records.ts';
import { allowsService } from './resource-policy.ts';

const api = 'arn:aws:execute-api:us-east-1:111122223333:abc123/*/$connect';
const request = {
  service: 'apigateway.amazonaws.com',
  functionArn: 'arn:aws:lambda:us-east-1:111122223333:function:f',
  sourceArn: 'arn:aws:execute-api:us-east-1:111122223333:abc123/prod/$connect',
  sourceAccount: '111122223333',
};

const callerPolicies = { compiled: parsePolicy };

function record(statement: Partial<PolicyStatement>, qualifier = '') {
  const whole: PolicyStatement = {
    Sid: 's',
    Effect: 'Allow',
    Principal: { Service: 'apigateway.amazonaws.com' },
    Action: 'lambda:InvokeFunction',
    Resource: 'arn:aws:lambda:us-east-1:111122223333:function:f',
    ...statement,
  };
  return {
    policies: {
      [qualifier]: { RevisionId: 'r', document: { Version: '2012-10-17', Id: 'default', Statement: [whole] } as const },
    },
  };
}

describe('allowsService', () => {
  it.each<[string, Partial<PolicyStatement>, boolean]>([
    ['no condition', {}, true],
    ['another service', { Principal: { Service: 's3.amazonaws.com' } }, false],
    ['a user', { Principal: { AWS: 'arn:aws:iam::111122223333:root' } }, false],
    ['everybody', { Principal: '*' }, true],
    ['another action', { Action: 'lambda:GetFunction' }, false],
    ['every action', { Action: 'lambda:*' }, true],
    ['the route, with any stage', { Condition: { ArnLike: { 'AWS:SourceArn': api } } }, true],
    ['another route', { Condition: { ArnLike: { 'AWS:SourceArn': api.replace('connect', 'default') } } }, false],
    ['a star for the rest', { Condition: { ArnLike: { 'AWS:SourceArn': api.replace(/\/.*/, '/*') } } }, true],
    ['a question mark', { Condition: { ArnLike: { 'AWS:SourceArn': api.replace('abc123', 'abc12?') } } }, true],
    ['a star instead of parts', { Condition: { ArnLike: { 'AWS:SourceArn': 'arn:aws:execute-api:*' } } }, false],
    ['the account', { Condition: { StringEquals: { 'AWS:SourceAccount': '111122223333' } } }, true],
    ['another account', { Condition: { StringEquals: { 'aws:SourceAccount': '444455556666' } } }, false],
    ['like the account', { Condition: { StringLike: { 'AWS:SourceAccount': '1111*' } } }, true],
    ['any operator there is', { Condition: { StringNotLike: { 'AWS:SourceAccount': '4444*' } } }, true],
    ['a key that may be missing', { Condition: { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-1' } } }, true],
    ['a key missing from the request', { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } }, false],
  ])('decides by %s', (_title, statement, expected) => {
    expect(allowsService(record(statement), request, callerPolicies)).toBe(expected);
  });

  it('checks the policy of the invoked qualifier', () => {
    const live = { ...request, functionArn: `${request.functionArn}:live` };
    const itsOwn = record({ Resource: live.functionArn }, 'live');
    expect(allowsService(record({}), live, callerPolicies)).toBe(false);
    expect(allowsService(itsOwn, live, callerPolicies)).toBe(true);
    expect(allowsService(itsOwn, request, callerPolicies)).toBe(false);
    expect(allowsService({ policies: {} }, request, callerPolicies)).toBe(false);
  });
});
