import { expect, test } from 'vitest';
import { allows } from './may-be-invoked.ts';

const part = 'api1/authorizers/auth1';

function policy(sourceArn: string | undefined, service = 'apigateway.amazonaws.com', Effect = 'Allow'): string {
  const Condition = sourceArn === undefined ? {} : { ArnLike: { 'AWS:SourceArn': sourceArn } };
  return JSON.stringify({ Statement: [{ Effect, Principal: { Service: service }, Condition }] });
}

test.each([
  [`arn:aws:execute-api:us-east-1:111122223333:${part}`, true],
  ['arn:aws:execute-api:us-east-1:111122223333:api1/*', true],
  ['arn:aws:execute-api:*:*:*/authorizers/auth?', true],
  ['arn:aws:execute-api:us-east-1:111122223333:api1/*$connect', false],
  ['arn:aws:execute-api:us-east-1:111122223333:api2/*', false],
  [undefined, true],
])('a permission for %s', (arn, allowed) => {
  expect(allows(policy(arn), part)).toBe(allowed);
});

test('another service, or a denial, does not grant it', () => {
  expect(allows(policy(undefined, 's3.amazonaws.com'), part)).toBe(false);
  expect(allows(policy(undefined, undefined, 'Deny'), part)).toBe(false);
  expect(allows('{}', part)).toBe(false);
});
