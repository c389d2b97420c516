// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are policy variables.
import { expect, test } from 'vitest';
import { callsOf, has } from '../../sandbox/iam-policy/access/access.ts';
import { remainder } from '../../sandbox/iam-policy/access/remainder.ts';
import { statementsOf } from '../../sandbox/iam-policy/access/statements.ts';
import { witness } from '../../sandbox/iam-policy/access/witness.ts';
import type { AttachedPolicy } from '../../sandbox/iam-policy/decision.ts';
import { evaluate } from '../../sandbox/iam-policy/evaluate.ts';
import { parsePolicy } from '../../sandbox/iam-policy/parse.ts';
import type { ContextKeys } from '../../sandbox/iam-policy/request-context.ts';
import { diceOf } from './random-request.ts';

/** Another run: `POLICY_SEED=5 POLICY_CASES=100000 npx vitest run tests/iam-policy/subtraction.test.ts`. */
const first = Number(process.env.POLICY_SEED ?? 20_261_127);
const cases = Number(process.env.POLICY_CASES ?? 300);

const account = '111122223333';
const roleArn = `arn:aws:iam::${account}:role/sender`;
const now = Date.parse('2026-11-27T12:00:00Z');
const fixed = { keys: { 'aws:PrincipalAccount': account, 'aws:PrincipalArn': roleArn }, now };

const actions = [
  ...['s3:GetObject', 's3:PutObject', 's3:DeleteBucket', 'iam:PutRolePolicy', 'logs:PutLogEvents'],
  ...['dynamodb:Scan', 'dynamodb:DeleteItem', 'dynamodb:PartiQLSelect', 'execute-api:ManageConnections'],
];
const resources = [
  '*',
  'arn:aws:s3:::bucket/notes/one',
  'arn:aws:s3:::bucket/red/one',
  'arn:aws:s3:::bucket',
  'arn:aws:dynamodb:us-east-1:111122223333:table/room',
  'arn:aws:dynamodb:us-east-1:111122223333:table/room2',
  'arn:aws:dynamodb:eu-west-1:444455556666:table/room/index/by-time',
  'arn:aws:execute-api:us-east-1:111122223333:abc/prod/POST/@connections/x=',
  'arn:aws:logs:us-east-1:111122223333:log-group:sender:log-stream:one',
  roleArn,
];
const actionPatterns = [
  '*',
  's3:*',
  'S3:get*',
  's3:?etObject',
  '*:*Object',
  'dynamodb:*',
  'dynamodb:*n',
  'dynamodb:PartiQL*',
  ...actions,
];
const resourcePatterns = [
  '*',
  'arn:aws:*',
  'arn:aws:s3:::*',
  'arn:aws:s3:::bucket/*',
  'arn:aws:s3:::bucket/${aws:PrincipalTag/team}/*',
  "arn:aws:s3:::bucket/${aws:PrincipalTag/team, 'red'}/*",
  'arn:aws:*:::bucket/*',
  'arn:aws:iam::${aws:PrincipalAccount}:role/*',
  'arn:aws:iam::111122223333:*/${aws:PrincipalArn}',
  'arn:aws:dynamodb:*:table/room*',
  'arn:aws:dynamodb:us-*-1:1111*:table/room?',
  'arn:aws:dynamodb:*:*:table/room',
  'arn:aws:dynamodb:us-east-1',
  'arn:aws:d*b:us-east-1:111122223333:table/room/index/*',
  'arn:aws:lo*p:sender:*',
  'arn:aws:execute-api:*:*:abc/*/POST/*',
  'arn:*:execute-api:*:*:*/@connections/*',
  ...resources,
];
const conditions = [
  { DateLessThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' } },
  { DateLessThan: { 'aws:CurrentTime': '2027-01-01T00:00:00Z' } },
  { DateGreaterThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' } },
  { DateGreaterThan: { 'aws:CurrentTime': ['2027-01-01T00:00:00Z', '2028-01-01T00:00:00Z'] } },
  { DateNotEquals: { 'aws:CurrentTime': '2020-01-01T00:00:00Z' } },
  { NumericLessThan: { 'aws:EpochTime': '1577836800' } },
  { StringEquals: { 'aws:PrincipalAccount': account } },
  { StringNotEquals: { 'aws:PrincipalAccount': account } },
  { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/s*' } },
  { StringEquals: { 'aws:PrincipalTag/team': 'red' } },
  { StringNotLike: { 'aws:PrincipalTag/team': ['r*', 'notes'] } },
  { Null: { 'aws:PrincipalTag/team': 'true' } },
  { Null: { 'aws:PrincipalArn': 'true' } },
  { StringEquals: { 'aws:PrincipalArn': '${aws:PrincipalTag/team}' } },
  { StringEquals: { 'aws:PrincipalAccount': account }, StringLike: { 'aws:PrincipalTag/team': '*' } },
  { Unknown: { 'aws:PrincipalArn': '*' } },
];

/** Keys that calls can carry, now and later. */
const contexts: readonly ContextKeys[] = [now, Date.parse('2029-01-01T00:00:00Z')].flatMap((time) =>
  [undefined, 'red', 'notes'].map((team) => ({
    ...fixed.keys,
    'aws:CurrentTime': new Date(time).toISOString(),
    'aws:EpochTime': String(time / 1000),
    ...(team === undefined ? {} : { 'aws:PrincipalTag/team': team }),
  })),
);

test(`subtracting agrees with asking the evaluator about every call of a catalog, for ${cases} random policies`, () => {
  const seen = { empty: 0, left: 0, allowed: 0, not: 0, certain: 0 };
  for (let seed = first; seed < first + cases; seed++) {
    const { identity, boundary, reference, isCertain } = randomPolicies(seed);
    const fail = (what: string) => {
      const policies = JSON.stringify({ identity, boundary, reference }, undefined, 2);
      expect.fail(`seed ${seed}: ${what} (POLICY_SEED=${seed} POLICY_CASES=1)\n${policies}`);
    };
    const without = statementsOf(reference).map((statement) => callsOf(statement, () => undefined, false));
    const found = remainder({ identity: identity.map((document) => ({ document })), boundary }, without, fixed);
    seen[found.length === 0 ? 'empty' : 'left']++;
    const isAllowed = (action: string, resource: string) =>
      contexts.some((context) => ask(context, action, resource, identity, boundary));
    for (const action of actions) {
      for (const resource of resources) {
        const allowed = isAllowed(action, resource);
        const expected = allowed && !ask({}, action, resource, [reference], undefined);
        const actual = found.some(({ left }) => left.some((calls) => has(calls, action, resource)));
        seen[expected ? 'allowed' : 'not']++;
        if (expected && !actual) fail(`${action} on ${resource} is allowed and not left`);
        if (isCertain && actual && !expected) fail(`${action} on ${resource} is left and not allowed`);
      }
    }
    if (!isCertain) continue;
    seen.certain++;
    for (const { left } of found) {
      const { actions: language, resources: where } = left[0] as (typeof left)[number];
      const call = [witness(language) ?? '', witness(where) ?? ''] as const;
      if (!isAllowed(...call)) fail(`the witness ${call.join(' on ')} is not allowed`);
      if (ask({}, ...call, [reference], undefined)) fail(`the witness ${call.join(' on ')} was to be subtracted`);
    }
  }
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(cases / 10);
});

const compiled = new WeakMap<object, AttachedPolicy>();

function attached(document: object): AttachedPolicy {
  const known = compiled.get(document) ?? { policy: parsePolicy(document) };
  compiled.set(document, known);
  return known;
}

function ask(
  context: ContextKeys,
  action: string,
  resource: string,
  identity: readonly object[],
  boundary: object | undefined,
): boolean {
  const { decision } = evaluate({
    principal: {
      type: 'assumed-role',
      arn: `arn:aws:sts::${account}:assumed-role/sender/f`,
      accountId: account,
      roleArn,
    },
    action,
    resource,
    context,
    identityPolicies: identity.map(attached),
    ...(boundary === undefined ? {} : { permissionsBoundary: attached(boundary) }),
  });
  return decision === 'allowed';
}

/** Random policies; `certain` ones have no conditions or variables that might evaluate either way. */
function randomPolicies(seed: number) {
  const { chance, pick } = diceOf(seed);
  const isCertain = chance(0.5);
  const several = (from: readonly string[]) =>
    Array.from({ length: chance(0.6) ? 1 : chance(0.6) ? 2 : 4 }, () => pick(from));
  const patterns = isCertain ? resourcePatterns.filter((text) => !text.includes('PrincipalTag')) : resourcePatterns;
  const statement = (Effect: string, plain = false) => ({
    Effect,
    [chance(0.8) ? 'Action' : 'NotAction']: several(actionPatterns),
    [chance(0.8) ? 'Resource' : 'NotResource']: several(
      plain ? patterns.filter((text) => !text.includes('$')) : patterns,
    ),
    ...(!plain && !isCertain && chance(0.5) ? { Condition: pick(conditions) } : {}),
  });
  const policy = (...effects: string[]) => ({
    Version: chance(0.9) ? '2012-10-17' : '2008-10-17',
    Statement: effects.map((effect) => statement(effect)),
  });
  const deny = () => (chance(0.5) ? ['Deny'] : []);
  return {
    isCertain,
    identity: chance(0.6)
      ? [policy('Allow', ...deny())]
      : [policy('Allow', 'Allow'), policy('Allow', ...deny(), ...deny())],
    boundary: chance(0.3) ? policy('Allow', 'Allow', ...deny()) : undefined,
    reference: {
      Version: '2012-10-17',
      Statement: Array.from({ length: chance(0.3) ? 1 : 4 }, () => statement('Allow', true)),
    },
  };
}
