// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are policy variables.
import type { PlainPolicy, PlainRequest, PlainStatement } from './obvious-evaluator.ts';
import type { Values } from './obvious-pattern.ts';

const account = '111122223333';
const other = '444455556666';
const role = `arn:aws:iam::${account}:role/sender`;
const ann = `arn:aws:iam::${account}:user/ann`;

const principals: ReadonlyArray<PlainRequest['principal']> = [
  { type: 'user', accountId: account, arn: ann },
  { type: 'assumed-role', accountId: account, arn: `arn:aws:sts::${account}:assumed-role/sender/one`, roleArn: role },
  { type: 'federated-user', accountId: account, arn: `arn:aws:sts::${account}:federated-user/bob`, roleArn: ann },
  { type: 'root', accountId: account, arn: `arn:aws:iam::${account}:root` },
  { type: 'service', arn: 'apigateway.amazonaws.com' },
  { type: 'anonymous', arn: '*' },
];
const names = [account, `arn:aws:iam::${account}:root`, other, role, `${role}s`, ...principals.map(({ arn }) => arn)];

const actions = ['s3:GetObject', 's3:PutObject', 'dynamodb:Scan', 'execute-api:ManageConnections'];
const actionPatterns = ['*', 's3:*', 'S3:get*', 's3:?etObject', 's3:*Object*', 'dynamodb:*n', '*:Scan', ...actions];
const resources = [
  'arn:aws:s3:::bucket/ann/notes',
  'arn:aws:s3:::bucket/a*b',
  'arn:aws:dynamodb:us-east-1:111122223333:table/room',
  'arn:aws:dynamodb:us-east-1:111122223333:table/room/index/by-time',
  'arn:aws:execute-api:us-east-1:111122223333:abc/prod/POST/@connections/x=',
  'arn:aws:logs:us-east-1:111122223333:log-group:ann:log-stream:one',
  '*',
];
const resourcePatterns = [
  '*',
  'arn:aws:*',
  'arn:aws:s3',
  'arn:aws:dynamodb:us-east-1',
  'arn:aws:execute-api:us-*',
  'arn:aws:s3:::bucket/*',
  'arn:aws:S3:::bucket/*',
  'arn:aws:s3:::bucket/${aws:username}/*',
  "arn:aws:s3:::${aws:PrincipalTag/bucket, 'bucket'}/*",
  'arn:aws:s3:::bucket/a${*}b',
  'arn:aws:s3:::bucket/${aws:TagKeys}/*',
  'arn:aws:${aws:service}:::bucket/*',
  'arn:*:dynamodb:us-*-1:*:table/room',
  'arn:aws:dynamodb:*:table/room*',
  'arn:aws:dynamodb:us-e*t-1:111122223333:table/room*',
  'arn:aws:dynamodb:us-east-?:1111????3333:table/r??m',
  'arn:aws:d*b:us-east-1:111122223333:table/room/index/*',
  'arn:aws:dyn*1:111122223333:table/room',
  'arn:aws:execute-api:*:*:*/@connections/*',
  'arn:aws:logs:us-east-1:111122223333:log-group:${aws:username}:*',
  'arn:aws:lo*p:ann:log-stream:one',
  ...resources,
];

/** Conditions: for each family of operators its keys, values in policies and values in requests. */
const families: ReadonlyArray<{
  readonly operators: readonly string[];
  readonly key: string;
  readonly wanted: readonly string[];
  readonly given: readonly string[];
}> = [
  {
    operators: ['StringEquals', 'StringNotEquals', 'StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase'],
    key: 'aws:PrincipalTag/team',
    wanted: ['red', 'Red', 'r*', '', '${aws:username}', "${aws:missing, 'red'}", '${aws:missing}', '${*}', 'r${?}d'],
    given: ['red', 'RED', 'r*', 'ann', '', '*', 'r?d', '${aws:username}'],
  },
  {
    operators: ['StringLike', 'StringNotLike'],
    key: 'dynamodb:LeadingKeys',
    wanted: ['*', 'room#*', 'room#?', '*#*#*', 'ROOM#*', '${aws:username}#*', '${aws:missing}*', 'a${*}', ''],
    given: ['room#1', 'room#12', 'ann#1', 'room#1#2', 'a*', '', 'ab', 'room#\n'],
  },
  {
    operators: ['Equals', 'NotEquals', 'LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals'].map(
      (order) => `Numeric${order}`,
    ),
    key: 's3:max-keys',
    wanted: ['10', '10.0', '-1', '0', 'ten', '${aws:number}'],
    given: ['10', '9.5', '-1', '0', '11', 'ten', ''],
  },
  {
    operators: ['Equals', 'NotEquals', 'LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals'].map(
      (order) => `Date${order}`,
    ),
    key: 'aws:CurrentTime',
    wanted: ['2026-11-01T00:00:00Z', '2026-11-01', '1793491200', '2026-10-31T23:59:59Z', 'yesterday'],
    given: ['2026-11-01T00:00:00Z', '2026-11-01T01:00:00+01:00', '1793491201', '2025-01-01T00:00:00Z', 'now'],
  },
  {
    operators: ['Bool'],
    key: 'aws:SecureTransport',
    wanted: ['true', 'false', 'TRUE', 'yes', '${aws:boolean}'],
    given: ['true', 'false', 'False', 'yes'],
  },
  { operators: ['BinaryEquals'], key: 'aws:binary', wanted: ['QmluYXJ5', 'AAAA'], given: ['QmluYXJ5', 'qmluyxj5'] },
  {
    operators: ['IpAddress', 'NotIpAddress'],
    key: 'aws:SourceIp',
    wanted: ['203.0.113.0/24', '203.0.113.7', '0.0.0.0/0', '10.0.0.0/9', '2001:db8::/33', '::1', 'localhost'],
    given: ['203.0.113.7', '203.0.114.7', '10.127.255.255', '10.128.0.0', '2001:db8:8000::1', '2001:db8::1', '::1'],
  },
  {
    operators: ['ArnEquals', 'ArnLike', 'ArnNotEquals', 'ArnNotLike'],
    key: 'aws:SourceArn',
    wanted: [
      'arn:aws:sns:us-east-1:111122223333:topic',
      'arn:aws:sns:*:*:t?pic',
      'arn:aws:sns:*:topic',
      'arn:*:s*s:us-*:111122223333:*',
      'arn:aws:sns:us-east-1:111122223333:${aws:username}*',
      'arn:aws:SNS:us-east-1:111122223333:topic',
    ],
    given: [
      'arn:aws:sns:us-east-1:111122223333:topic',
      'arn:aws:sns:us-east-1:111122223333:topic:sub',
      'arn:aws:sqs:eu-west-1:111122223333:topic',
      'arn:aws:sns:us-east-1:111122223333:ann-topic',
      'topic',
    ],
  },
];

/** One random request with its policies; the same seed gives the same one. */
export function randomRequest(seed: number): PlainRequest {
  const { chance, pick, some } = diceOf(seed);

  const oddCase = (text: string) => (chance(0.2) ? text.toUpperCase() : text);
  const values = (from: readonly string[]): Values => (chance(0.6) ? pick(from) : some(from));
  const trust = chance(0.1);
  const action = trust ? 'sts:AssumeRole' : oddCase(pick(actions));
  const resource = trust ? `${role}2` : pick(resources);
  /** Half of the patterns match the request, or too few would be allowed. */
  const about = (subject: string, patterns: readonly string[]) => (chance(0.5) ? subject : values(patterns));

  function condition(): NonNullable<PlainStatement['Condition']> {
    const family = pick(families);
    const set = chance(0.3) ? pick(['ForAllValues:', 'ForAnyValue:']) : '';
    const key = oddCase(family.key);
    if (chance(0.1)) return { Null: { [key]: pick(['true', 'false']) } };
    return { [`${set}${pick(family.operators)}${chance(0.2) ? 'IfExists' : ''}`]: { [key]: values(family.wanted) } };
  }

  function statement(kind: 'identity' | 'resource' | 'trust'): PlainStatement {
    const Effect = chance(0.75) ? 'Allow' : 'Deny';
    const who = chance(0.3) ? '*' : { AWS: values(names), ...(chance(0.4) && { Service: 'apigateway.amazonaws.com' }) };
    return {
      Effect,
      ...(kind !== 'identity' && (chance(0.8) ? { Principal: who } : { NotPrincipal: who })),
      ...(chance(0.85) ? { Action: about(action, actionPatterns) } : { NotAction: values(actionPatterns) }),
      ...(kind !== 'trust' &&
        (chance(0.85) ? { Resource: about(resource, resourcePatterns) } : { NotResource: values(resourcePatterns) })),
      ...(chance(0.4) && { Condition: { ...condition(), ...(chance(0.3) && condition()) } }),
    };
  }

  function policy(kind: 'identity' | 'resource' | 'trust' = 'identity'): PlainPolicy {
    const Statement = Array.from({ length: chance(0.6) ? 1 : 3 }, () => statement(kind));
    if (chance(0.1)) return { Statement };
    return { Version: chance(0.9) ? '2012-10-17' : '2008-10-17', Statement };
  }

  const context: Record<string, Values> = {};
  for (const { key, given } of families)
    if (chance(0.7)) context[oddCase(key)] = chance(0.7) ? pick(given) : some(given);
  if (chance(0.8)) context['aws:username'] = 'ann';
  if (chance(0.3)) context['aws:TagKeys'] = chance(0.5) ? ['ann'] : ['ann', 'bob'];
  Object.assign(context, { 'aws:service': 's3', 'aws:boolean': 'true', 'aws:number': '10' });

  return {
    principal: pick(principals),
    action,
    resource,
    resourceAccountId: chance(0.7) ? account : other,
    context,
    identity: Array.from({ length: chance(0.2) ? 0 : chance(0.7) ? 1 : 2 }, () => policy()),
    ...(trust ? { trust: policy('trust') } : chance(0.5) && { resourcePolicy: policy('resource') }),
    ...(chance(0.25) && { boundary: policy() }),
    ...(chance(0.25) && { session: chance(0.8) ? [policy()] : [policy(), policy()] }),
  };
}

/** Random numbers from a seed (mulberry32). */
export function diceOf(seed: number) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const chance = (probability: number) => next() < probability;
  const pick = <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)] as T;
  /** Zero to three of them. */
  const some = <T>(from: readonly T[]): T[] => Array.from({ length: Math.floor(next() * 4) }, () => pick(from));
  return { chance, pick, some };
}
