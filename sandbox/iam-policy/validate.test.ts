// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are policy variables.
import { expect, test } from 'vitest';
import { type DocumentKind, validatePolicy } from './validate.ts';

const statement = { Effect: 'Allow', Action: 's3:ListBucket', Resource: 'arn:aws:s3:::bucket' };
const trust = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' };
const attached = { ...statement, Principal: { AWS: '111122223333' } };

const syntax = 'Syntax errors in policy.';
const legacy = 'The policy failed legacy parsing';
const paths =
  'IAM resource path must either be "*", root, or start with user/, federated-user/, role/, group/, instance-profile/, mfa/, server-certificate/, policy/, sms-mfa/, saml-provider/, oidc-provider/, report/, access-report/.';

function check(document: unknown, kind: DocumentKind): readonly string[] {
  return validatePolicy(typeof document === 'string' ? document : JSON.stringify(document), kind);
}

test.each<[unknown, string]>([
  ['this is no JSON', syntax],
  ['[]', syntax],
  [{ Version: '2012-10-17' }, syntax],
  [{ Version: '2012-10-17', Statement: [] }, syntax],
  [{ Version: '2012-10-17', Statement: ['x'] }, syntax],
  [{ Version: '2013-10-17', Statement: statement }, syntax],
  [{ Statement: statement }, 'Policy document must be version 2012-10-17 or greater.'],
  [{ Version: '2008-10-17', Statement: statement }, 'Policy document must be version 2012-10-17 or greater.'],
  [{ Version: '2012-10-17', Extra: 1, Statement: statement }, syntax],
  [{ Version: '2012-10-17', Id: {}, Statement: statement }, syntax],
])('an identity-based policy %j: %s', (document, problem) => {
  expect(check(document, 'identity')).toEqual([problem]);
});

test.each([undefined, '2008-10-17', '2012-10-17'])('an inline policy can have the version %s', (Version) => {
  expect(check({ Version, Statement: statement }, 'inline')).toEqual([]);
  expect(check({ Version, Statement: { ...statement, Principal: '*' } }, 'inline')).toEqual([
    'Policy document should not specify a principal.',
  ]);
});

test.each<[Record<string, unknown> | Record<string, unknown>[], string]>([
  [{ ...statement, Extra: 'x' }, syntax],
  [{ ...statement, Effect: 'Perhaps' }, syntax],
  [{ Action: 's3:*', Resource: '*' }, syntax],
  [{ ...statement, NotAction: 'iam:*' }, syntax],
  [{ ...statement, NotResource: '*' }, syntax],
  [{ ...statement, Action: {} }, syntax],
  [{ ...statement, Action: [[]] }, syntax],
  [{ ...statement, Resource: ['arn:aws:s3:::x', {}] }, syntax],
  [{ ...statement, Sid: {} }, syntax],
  [{ ...statement, Condition: [] }, syntax],
  [{ ...statement, Condition: { a: 'b' } }, syntax],
  [{ ...statement, Condition: { x: { a: '1' } } }, syntax],
  [{ ...statement, Condition: { StringEquals: { a: {} } } }, syntax],
  [{ ...statement, Condition: { NullIfExists: { a: 'true' } } }, syntax],
  [{ ...statement, Condition: { 'ForAnyValue::StringEquals': { a: '1' } } }, syntax],
  [{ ...statement, Principal: '*' }, 'Policy document should not specify a principal.'],
  [{ ...statement, Effect: 'denY' }, legacy],
  [{ ...statement, Condition: { DateGreaterThan: { a: 'soon' } } }, legacy],
  [{ ...statement, Condition: { DateLessThanEquals: { a: '234-13' } } }, legacy],
  [{ ...statement, Condition: { DateLessThan: { a: '9223372036854775808' } } }, legacy],
  [{ ...statement, Resource: 'arn:aws:s3::bucket' }, legacy],
  [{ ...statement, Resource: 'arn:aws::::bucket' }, legacy],
  [
    [
      { ...statement, Sid: 'a' },
      { ...statement, Sid: 'a' },
    ],
    'Statement IDs (SID) in a single policy must be unique.',
  ],
  [
    { ...statement, Sid: 'allow-posting' },
    'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*',
  ],
  [{ Effect: 'Allow' }, 'Policy statement must contain actions.'],
  [{ ...statement, Action: [] }, 'Policy statement must contain actions.'],
  [{ Effect: 'Allow', Action: 's3:ListBucket' }, 'Policy statement must contain resources.'],
  [{ ...statement, Resource: [] }, 'Policy statement must contain resources.'],
  [{ ...statement, Action: 'invalid' }, 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.'],
  [{ ...statement, Action: 's3:List:Bucket' }, 'Actions/Condition can contain only one colon.'],
  [{ ...statement, Action: 'a a:ListBucket' }, 'Vendor a a is not valid'],
  [{ ...statement, Resource: '' }, 'Resource  must be in ARN format or "*".'],
  [{ ...statement, Resource: 'bucket' }, 'Resource bucket must be in ARN format or "*".'],
  [{ ...statement, Resource: 'a:b:c' }, 'Partition "b" is not valid for resource "arn:b:c:*:*:*".'],
  [{ ...statement, Resource: 'aws:s3:::x' }, 'Partition "s3" is not valid for resource "arn:s3:::x:*".'],
  [{ ...statement, Resource: 'arn:aws' }, 'Resource vendor must be fully qualified and cannot contain regexes.'],
  [{ ...statement, Resource: 'arn:aws:s*:::x' }, 'Resource vendor must be fully qualified and cannot contain regexes.'],
  [
    { ...statement, Resource: 'arn:aws:s3:us-east-1::x' },
    'Resource arn:aws:s3:us-east-1::x can not contain region information.',
  ],
  [
    { ...statement, Resource: 'arn:aws:iam:us-east-1::x' },
    'IAM resource arn:aws:iam:us-east-1::x cannot contain region information.',
  ],
  [{ ...statement, Resource: 'arn:aws:iam:::x' }, paths],
])('a statement %j: %s', (Statement, problem) => {
  expect(check({ Version: '2012-10-17', Statement }, 'identity')).toEqual([problem]);
});

test.each<Record<string, unknown>>([
  statement,
  { ...statement, Action: '*', Resource: '*' },
  { ...statement, NotAction: 's3:*', Action: undefined },
  { ...statement, NotResource: '*', Resource: undefined },
  { ...statement, Sid: '' },
  { ...statement, Condition: {} },
  { ...statement, Condition: { unknown: {} } },
  { ...statement, Condition: { Bool: { 'aws:SecureTransport': false } } },
  { ...statement, Condition: { 'ForAnyValue:StringEqualsIfExists': { a: ['b'] } } },
  { ...statement, Condition: { DateLessThan: { a: ['2016-12-13t2:00:00.593194+23', '01T', '-292275054', '0'] } } },
  {
    ...statement,
    Resource: ['arn:aws:iam::*:user/${aws:username}', 'arn:aws:iam::111122223333:root', 'arn:aws:fdsasf'],
  },
  { ...statement, Resource: 'arn:aws:execute-api:us-east-1:111122223333:abc/*/*/@connections/*' },
])('IAM accepts %j', (Statement) => {
  expect(check({ Version: '2012-10-17', Statement }, 'identity')).toEqual([]);
});

test.each<[DocumentKind, unknown, string | undefined]>([
  ['trust', trust, undefined],
  ['trust', { ...trust, Principal: { AWS: ['111122223333', 'arn:aws:iam::111122223333:role/x'] } }, undefined],
  ['trust', { ...trust, Action: ['sts:AssumeRole', 'sts:TagSession'] }, undefined],
  ['trust', { ...trust, Resource: '*' }, 'Has prohibited field Resource'],
  ['trust', { ...trust, Action: 's3:GetObject' }, 'AssumeRole policy may only specify STS AssumeRole actions.'],
  ['trust', { ...trust, Principal: '*' }, 'AssumeRolepolicy contained an invalid principal: "STAR":"*".'],
  ['trust', { ...trust, Principal: undefined }, 'Missing required field Principal'],
  ['trust', { ...trust, Principal: {} }, 'Missing required field Principal cannot be empty!'],
  ['trust', { ...trust, Principal: { AWS: 'nobody' } }, 'Invalid principal in policy: "AWS":"nobody"'],
  ['trust', { ...trust, Principal: { Service: '*' } }, 'Invalid principal in policy: "SERVICE":"*"'],
  [
    'trust',
    { ...trust, Principal: { Service: ['apigateway.amazonaws.com', 'lamda.amazonaws.com'] } },
    'Invalid principal in policy: "SERVICE":"lamda.amazonaws.com"',
  ],
  [
    'trust',
    { ...trust, Principal: { Service: 'execute-api' } },
    'Invalid principal in policy: "SERVICE":"execute-api"',
  ],
  [
    'trust',
    { ...trust, Principal: { Service: ['logs.eu-central-1.amazonaws.com', 'delivery.logs.amazonaws.com'] } },
    undefined,
  ],
  ['trust', { ...trust, Principal: { User: 'x' } }, 'Invalid principal in policy: "User"'],
  ['trust', { ...trust, Effect: 'ALLOW' }, undefined],
  ['resource', { ...attached, Effect: 'ALLOW' }, 'Invalid effect: ALLOW'],
  ['trust', { ...trust, Effect: 'maybe' }, 'Invalid effect: maybe'],
  ['trust', { ...trust, Effect: [{ toString: 1 }] }, syntax],
  ['trust', { ...trust, Action: undefined }, 'Missing required field Action'],
  ['resource', attached, undefined],
  ['resource', { ...attached, Principal: '*' }, undefined],
  ['resource', { ...attached, Principal: undefined }, 'Missing required field Principal'],
  ['resource', { ...attached, Principal: undefined, NotPrincipal: '*' }, 'Allow with NotPrincipal is not allowed.'],
  ['resource', { ...attached, Resource: undefined }, 'Missing required field Resource'],
  ['resource', { ...attached, Condition: { Nonsense: { a: 'b' } } }, syntax],
])('a %s policy %j: %s', (kind, Statement, problem) => {
  expect(check({ Version: '2012-10-17', Statement }, kind)).toEqual(problem === undefined ? [] : [problem]);
});

test.each<[unknown, string]>([
  ['{', 'This policy contains invalid Json'],
  [{ Version: '2012-10-17' }, 'Missing required field Statement'],
  [{ Version: '1', Statement: trust }, 'The policy must contain a valid version string'],
  [{ Version: '2012-10-17', Statement: [] }, 'Could not parse the policy: Statement is empty!'],
  [
    {
      Statement: [
        { ...trust, Sid: 'a' },
        { ...trust, Sid: 'a' },
      ],
    },
    'The Statement Ids in the policy are not unique',
  ],
])('a trust policy %j: %s', (document, problem) => {
  expect(check(document, 'trust')).toEqual([problem]);
});
