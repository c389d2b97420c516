import { expect, test } from 'vitest';
import { grantedIn, isOf } from './named-resources.ts';

test('what a policy allows something on, by name', () => {
  const table = 'arn:aws:dynamodb:us-east-1:111122223333:table/payroll';
  const bucket = 'arn:aws:s3:::company-secrets/*';
  const role = 'arn:aws:iam::111122223333:role/Deployer';
  const document = JSON.stringify({
    Statement: [
      { Effect: 'Allow', Action: 'dynamodb:*', Resource: table },
      { Effect: 'Allow', Action: 's3:*', Resource: [bucket, '*'] },
      { Effect: 'Deny', Action: 'sts:*', Resource: role },
      { Effect: 'Allow', Action: 's3:*', Resource: `arn:aws:s3:::home/\${aws:userid}/*` },
    ],
  });
  expect(grantedIn(document)).toEqual([table, bucket]);
  expect(grantedIn(JSON.stringify({ Statement: { Effect: 'Allow', Action: '*', NotResource: role } }))).toEqual([]);
});

test.each([
  ['arn:aws:dynamodb:us-east-1:111122223333:table/chat', 'chat', true],
  ['arn:aws:dynamodb:us-east-1:111122223333:table/chat/index/*', 'chat', true],
  ['arn:aws:dynamodb:us-east-1:111122223333:table/chatOld', 'chat', false],
  ['arn:aws:dynamodb:us-east-1:111122223333:table/ourchat', 'chat', false],
  ['arn:aws:logs:us-east-1:111122223333:log-group:/aws/lambda/post:*', '/aws/lambda/post', true],
  ['arn:aws:iam::111122223333:policy/post', 'arn:aws:iam::111122223333:policy/post', true],
  ['arn:aws:ssm:us-east-1:111122223333:parameter/chat/greeting', '/chat/greeting', true],
  ['arn:aws:ssm:us-east-1:111122223333:parameter/other/chat/greeting', '/chat/greeting', false],
  ['arn:aws:ssm:us-east-1:111122223333:parameter/chat/greetings', '/chat/greeting', false],
  ['arn:aws:sqs:us-east-1:111122223333:postbox', 'post', false],
])('%s is of %s: %s', (arn, id, is) => expect(isOf(arn, id)).toBe(is));
