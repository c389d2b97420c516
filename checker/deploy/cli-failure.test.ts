import { expect, test } from 'vitest';
import { cliFailure } from './cli-failure.ts';

const about = {
  lab: '01-missing-route',
  log: '.lab/out/01-missing-route.log',
  target: { kind: 'aws', title: 'AWS account 111122223333 in eu-central-1', profile: 'work' },
} as const;

test.each([
  ['ExpiredTokenException: The security token included in the request is expired', 'have expired', '--profile work'],
  ['Error: connect ECONNREFUSED 127.0.0.1:4566', 'nothing answers at its address', 'in between'],
  ['ThrottlingException: Rate exceeded', 'is throttling us', 'Wait a minute'],
  [
    'Error: getaddrinfo ENOTFOUND cloudformation.eu-central-1.amazonaws.com',
    "its name can't be resolved",
    'network access',
  ],
])('%s', (words, said, next) => {
  const failure = cliFailure(`chat: deploying...\n\n❌ chat failed\n‣ ${words}\n`, about);
  expect(failure.message).toContain('The deployment of 01-missing-route failed');
  expect(failure.message).toContain(said);
  expect(failure.next).toContain(next);
});

test('a denied action is reported the way the CLI words it', () => {
  const words = 'AccessDeniedException: User: arn:aws:iam::1:user/ada is not authorized to perform: ssm:GetParameter';
  const { message, next } = cliFailure(`‣ ${words}\n`, about);
  expect(message).toBe(`The deployment of 01-missing-route failed: ${words}`);
  expect(next).toBe("The CDK CLI's complete output is in .lab/out/01-missing-route.log.");
});

test('the reason why an asset could not be published is shown with each of them', () => {
  const why = "The practice account can't write to /w/.lab/account/blobs: EACCES: permission denied.";
  const output = [
    'chat: start: Publishing Connect/Code (current)',
    `chat: fail: ${why}`,
    `chat: fail: ${why}`,
    'Failed to publish asset Connect/Code (current)',
    '‣ AggregateError: ',
    '',
  ].join('\n');
  expect(cliFailure(output, about).message).toBe(`The deployment of 01-missing-route failed: ${why}`);
});

test("what the practice account doesn't support is reported with its line", () => {
  const words = "UnsupportedOperation: The practice account doesn't support the resource type AWS::SQS::Queue.";
  const where = '\n  at labs/01-missing-route/stack.ts:23';
  expect(cliFailure(`‣ ${words}\n`, { ...about, where }).message).toMatch(/AWS::SQS::Queue\.\n {2}at .*:23$/);
});
