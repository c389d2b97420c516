// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are policy variables.
import { expect, test } from 'vitest';
import { policyCache } from './cache.ts';
import { contextKeysOf } from './context-keys.ts';
import { denialMessage } from './denial-message.ts';
import { parsePolicy } from './parse.ts';

const principalArn = 'arn:aws:sts::111122223333:assumed-role/sender/one';
const action = 'dynamodb:Scan';
const resource = 'arn:aws:dynamodb:us-east-1:111122223333:table/connections';
const start = `User: ${principalArn} is not authorized to perform: dynamodb:Scan on resource: ${resource} `;

// https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
test.each([
  ['implicitDeny', 'identity', 'because no identity-based policy allows the dynamodb:Scan action'],
  ['implicitDeny', 'resource', 'because no resource-based policy allows the dynamodb:Scan action'],
  ['implicitDeny', 'boundary', 'because no permissions boundary allows the dynamodb:Scan action'],
  ['implicitDeny', 'session', 'because no session policy allows the dynamodb:Scan action'],
  ['implicitDeny', 'trust', 'because no role trust policy allows the dynamodb:Scan action'],
  ['explicitDeny', 'identity', 'with an explicit deny in an identity-based policy'],
  ['explicitDeny', 'resource', 'with an explicit deny in a resource-based policy'],
  ['explicitDeny', 'boundary', 'with an explicit deny in a permissions boundary'],
  ['explicitDeny', 'session', 'with an explicit deny in a session policy'],
  ['explicitDeny', 'trust', 'with an explicit deny in the role trust policy'],
] as const)('%s by %s', (decision, by, end) => {
  expect(denialMessage({ principalArn, action, resource, decision: { decision, by } })).toBe(start + end);
});

test('a message without a resource', () => {
  expect(denialMessage({ principalArn, action, decision: { decision: 'implicitDeny', by: 'identity' } })).toBe(
    `User: ${principalArn} is not authorized to perform: dynamodb:Scan because no identity-based policy allows the dynamodb:Scan action`,
  );
});

test('the context keys that policies ask for, each once', () => {
  const policy = parsePolicy({
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Action: '*',
      Resource: ['arn:aws:s3:::bucket/${aws:username}/${*}', "arn:aws:s3:::x/${aws:PrincipalTag/a, 'b'}"],
      Condition: {
        StringEquals: { 'aws:UserName': 'x', 's3:prefix': '${aws:userid}' },
        'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['a'] },
        Null: { 'aws:TokenIssueTime': 'true' },
      },
    },
  });
  const keys = [
    'aws:username',
    'aws:PrincipalTag/a',
    's3:prefix',
    'aws:userid',
    'dynamodb:LeadingKeys',
    'aws:TokenIssueTime',
  ];
  expect(contextKeysOf([policy, policy])).toEqual(keys);
});

test('the cache compiles a document once, and drops the oldest', () => {
  const compile = policyCache(2);
  const documents = ['{"Statement":[]}', '{"Statement":{}}', '{}'];
  const [first] = documents.map(compile);
  expect(compile('{}')).toBe(compile('{}'));
  expect(compile('{"Statement":[]}')).not.toBe(first);
});
