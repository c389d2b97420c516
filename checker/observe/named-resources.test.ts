import { expect, test } from 'vitest';
import { grantedIn } from './named-resources.ts';

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
