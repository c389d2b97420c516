import { expect, test } from 'vitest';
import { LabError } from '../errors.ts';
import { explainFailure } from './failure.ts';

const aws = { kind: 'aws', title: 'AWS account 111122223333 in us-east-1' } as const;
const named = (name: string, message = 'no', more = {}) => Object.assign(new Error(message), { name, ...more });

test.each<[string, unknown, string]>([
  ['no credentials', named('CredentialsProviderError', 'Could not load credentials'), 'There are no credentials'],
  ['an SSO session', named('CredentialsProviderError', 'run aws sso login'), 'have expired'],
  ['expired keys', named('ExpiredTokenException'), 'have expired'],
  ['keys unknown', named('InvalidClientTokenId'), 'does not know the access key'],
  ['access denied', named('AccessDeniedException', 'not authorized to perform: apigateway:GET'), 'may not look'],
  ['throttled', named('TooManyRequestsException'), 'asked too much'],
  ['no network', named('Error', 'getaddrinfo', { code: 'ENOTFOUND' }), 'cannot be reached'],
  ['refused, inside', named('TypeError', 'fetch failed', { cause: { code: 'ECONNREFUSED' } }), 'cannot be reached'],
  ['both stacks', named('AggregateError', '', { errors: [{ code: 'ECONNREFUSED' }] }), 'cannot be reached'],
  ["AWS's own fault", named('InternalFailure', 'oops', { $fault: 'server' }), 'a fault of its own'],
  ['what we say ourselves', new LabError('It is being changed.', 'Wait.'), 'It is being changed.'],
  ['anything else', named('TypeError', 'x is undefined'), 'TypeError: x is undefined'],
])('%s', (_, error, words) => {
  const failure = explainFailure(error, aws);
  expect(failure.reason).toContain(words);
  expect(failure.next).not.toBe('');
});
