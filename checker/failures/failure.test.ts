import { expect, test } from 'vitest';
import { LabError } from './errors.ts';
import { explainFailure } from './failure.ts';

const aws = { kind: 'aws', title: 'AWS account 111122223333 in us-east-1' } as const;
const named = (name: string, message = 'no', more = {}) => Object.assign(new Error(message), { name, ...more });

test.each<[string, unknown, string]>([
  ['no credentials', named('CredentialsProviderError', 'Could not load credentials'), 'No credentials found'],
  ['an SSO session', named('CredentialsProviderError', 'run aws sso login'), 'have expired'],
  ['expired keys', named('ExpiredTokenException'), 'have expired'],
  ['keys unknown', named('InvalidClientTokenId'), 'rejected the access key'],
  ['access denied', named('AccessDeniedException', 'not authorized to perform: apigateway:GET'), 'lack a permission'],
  ['throttled', named('TooManyRequestsException'), 'is throttling us'],
  ['a trigger that is not invoked', named('UnexpectedLambdaException'), "couldn't invoke the user pool"],
  ['a trigger that rejects us', named('UserLambdaValidationException'), "rejected the checker's own user"],
  ['no network', named('Error', 'getaddrinfo', { code: 'ENOTFOUND' }), "can't be reached"],
  ['refused, inside', named('TypeError', 'fetch failed', { cause: { code: 'ECONNREFUSED' } }), "can't be reached"],
  ['both stacks', named('AggregateError', '', { errors: [{ code: 'ECONNREFUSED' }] }), "can't be reached"],
  ['a visitor rejected', named('RefusedError', 'The handshake was answered with 500.'), 'one of the checker'],
  [
    'a visitor throttled',
    named('RefusedError', 'The handshake was answered with 429.'),
    "rejected one of the checker's visitors",
  ],
  ["AWS's own fault", named('InternalFailure', 'oops', { $fault: 'server' }), 'an internal error'],
  ['a full disk', named('InternalFailure', 'ENOSPC: no space left on device, write'), 'The disk is full.'],
  ['what we say ourselves', new LabError('It is being changed.', 'Wait.'), 'It is being changed.'],
  [
    'a signature of another hour',
    named('InvalidSignatureException', 'Signature expired: 2026'),
    "This machine's clock",
  ],
  ['throttled, by its status', named('Error', 'slow down', { $metadata: { httpStatusCode: 429 } }), 'is throttling us'],
  ['no name server', named('Error', 'getaddrinfo', { code: 'EAI_AGAIN' }), "can't be resolved"],
  ['no trust', named('Error', 'no', { code: 'SELF_SIGNED_CERT_IN_CHAIN' }), 'no trusted TLS'],
  ['no answer', named('TimeoutError', 'socket'), 'no answer in time'],
  ['no way', named('Error', 'connect', { code: 'ENETUNREACH' }), 'there is no route to it'],
  ['cut off', named('Error', 'socket hang up', { code: 'ECONNRESET' }), 'the connection broke'],
  ['cut off, as the SDK names it', named('TimeoutError', 'socket hang up', { code: 'ECONNRESET' }), 'connection broke'],
  [
    'another region',
    named('SignatureDoesNotMatch', "Credential should be scoped to a valid region, not 'x'."),
    'region',
  ],
  [
    'a region that is off',
    named('RegionDisabledException', 'STS is not activated in this region'),
    'is not available in',
  ],
  ['a page of a hotel', named('SyntaxError', 'Unexpected token < in JSON'), 'Something else answered'],
  [
    'a call that an endpoint lacks',
    named('InvalidAction', 'The action X is not valid for this web service.'),
    "doesn't support this call",
  ],
  ['anything else', named('TypeError', 'x is undefined'), 'TypeError: x is undefined'],
])('%s', (_, error, words) => {
  const failure = explainFailure(error, aws);
  expect(failure.reason).toContain(words);
  expect(failure.next).not.toBe('');
});

test('an account that can no longer write is unusable until it is stopped, whatever becomes of its disk', () => {
  const message = 'The practice account can no longer write its state: No space left. Free some space on its disk, …';
  const failure = explainFailure(named('InternalFailure', message, { $metadata: {} }), aws);
  expect(failure).toMatchObject({
    reason: 'The practice account can no longer write its state: No space left.',
    next: expect.stringContaining('`npx lab sandbox stop`'),
    unusable: true,
  });
});

test('what a service did not find is known as such, also in our own words', () => {
  const cause = named('ResourceNotFoundException');
  expect(explainFailure(cause, aws)).toMatchObject({ notFound: true });
  expect(explainFailure(new LabError('It is gone.', 'Create it.', { cause }), aws)).toMatchObject({ notFound: true });
  expect(explainFailure(new LabError('It is busy.', 'Wait.'), aws)).not.toHaveProperty('notFound');
});

test('a profile of any kind comes with instructions to sign in', () => {
  const { next } = explainFailure(named('ExpiredToken'), { ...aws, profile: 'work' });
  expect(next).toContain('aws sso login --profile work');
});

test('a missing permission is reported with what to ask for', () => {
  const said =
    'User: arn:x is not authorized to perform: logs:FilterLogEvents on resource: arn:aws:logs:x:1:log-group:y';
  const { next } = explainFailure(named('AccessDeniedException', said), aws);
  expect(next).toContain(
    '{"Effect":"Allow","Action":"logs:FilterLogEvents","Resource":"arn:aws:logs:x:1:log-group:y"}',
  );
});

test.each([
  [
    'FilterLogEvents',
    'logs:FilterLogEvents',
    'arn:aws:logs:x:1:log-group:chat-01-missing-route-Log1:*',
    'lab doctor --policy',
  ],
  [
    'DescribeStacks',
    'cloudformation:DescribeStacks',
    'arn:aws:cloudformation:x:1:stack/chat-01-missing-route/*',
    'lab doctor --policy',
  ],
  ['DescribeStacks', 'cloudformation:DescribeStacks', 'arn:aws:cloudformation:x:1:stack/*/*', 'docs/aws.md'],
  [
    'DeleteStack',
    'cloudformation:DeleteStack',
    'arn:aws:cloudformation:x:1:stack/chat-01-missing-route/*',
    'docs/aws.md',
  ],
  ['ListFunctions', 'lambda:ListFunctions', '*', 'docs/aws.md'],
])('%s of %s on %s: names the complete list of permissions', ($operation, action, resource, where) => {
  const said = `User: arn:x is not authorized to perform: ${action} on resource: ${resource}`;
  expect(explainFailure(named('AccessDenied', said, { $operation }), aws).next).toContain(where);
});
