import { describe, expect, test } from 'vitest';
import type { Gate } from '../../observe/gate.ts';
import { forgeries } from '../../sign-in/forge.ts';
import { REWORDED } from '../../sign-in/forged-tokens.ts';
import { noCapacity as judgeNoCapacity } from '../no-capacity.ts';
import { accessTokenIsRefused } from './access-token-is-refused.ts';
import { expiredTokenIsRefused } from './expired-token-is-refused.ts';
import { foreignTokenIsRefused } from './foreign-token-is-refused.ts';
import { forgedTokenIsRefused } from './forged-token-is-refused.ts';
import type { Tried } from './refusals.ts';
import { type Observation, strangerIsRefused } from './stranger-is-refused.ts';

const room = { apiId: 'api1', api: 'Api', stageName: 'room', stage: 'Stage', address: 'ws://127.0.0.1/room' };
const authorizer = {
  id: 'auth1',
  name: 'ConnectAuthorizer',
  identitySources: ['route.request.querystring.token'],
  functionName: 'f-authorizer',
  logicalId: 'Authorizer0A',
  mayBeInvoked: true,
};
const asked: Gate = {
  authorizationType: 'CUSTOM',
  apiKeyRequired: false,
  route: 'ConnectRoute0B',
  authorizer,
  authorizers: ['ConnectAuthorizer'],
};
const open: Gate = { authorizationType: 'NONE', apiKeyRequired: false, route: 'ConnectRoute0B', authorizers: [] };

function tried<Kind extends string>(statuses: Readonly<Record<string, number>>, gate = asked): Tried<Kind> {
  const knocks = Object.entries(statuses).map(([kind, status]) => ({ kind: kind as Kind, status }));
  return { room, gate, knocks, conversation: [], failure: [] };
}

function stranger(statuses: Readonly<Record<string, number>>, gate = asked, autoDeploy = true): Observation {
  return { ...tried(statuses, gate), stage: { name: 'room', autoDeploy } };
}

const saying = (words: string | RegExp) => ({ outcome: 'failed', actual: expect.stringMatching(words) });

describe('a stranger', () => {
  const { judge } = strangerIsRefused;
  const refused = { 'no token': 401, 'an empty token': 401 };
  const letIn = { 'no token': 101, 'an empty token': 101 };

  test('is rejected with 401 or 403, without a remark', () => {
    expect(judge(stranger(refused))).toMatchObject({ outcome: 'passed', at: 'Authorizer0A' });
    expect(judge(stranger(refused))).toHaveProperty('remark', undefined);
    expect(judge(stranger({ 'no token': 401, 'an empty token': 403 }))).toMatchObject({ outcome: 'passed' });
  });

  test.each<[string, Observation, RegExp]>([
    ['nobody is asked', stranger(letIn, open), /AuthorizationType is NONE, and the API has no authorizer/],
    [
      'an authorizer is attached to nothing',
      stranger(letIn, { ...open, authorizers: ['Door'] }),
      /has the authorizer Door, but the route \$connect doesn't use it/,
    ],
    ['the authorizer lets all in', stranger(letIn, withSources([])), /admits people without a token/],
    ['it is not deployed', stranger(letIn, asked, false), /not deployed to the stage room/],
    ['it is not live yet', stranger(letIn), /deployment may still be in progress/],
    ['only an empty token', stranger({ 'no token': 401, 'an empty token': 101 }, withSources([])), /an empty token/],
  ])('is admitted if %s', (_, observation, words) => {
    expect(judge(observation)).toMatchObject(saying(words));
  });

  test.each<[string, Gate, number, RegExp]>([
    ['the authorizer throws', asked, 500, /crashes instead of rejecting.*other than "Unauthorized"/],
    [
      'it invokes the function behind $connect',
      { ...asked, connect: 'f-authorizer' },
      500,
      /The authorizer ConnectAuthorizer invokes the function f-authorizer, which is the one behind \$connect/,
    ],
    [
      'it may not be invoked',
      { ...asked, authorizer: { ...authorizer, mayBeInvoked: false } },
      500,
      /isn't allowed to invoke/,
    ],
    ['$connect throws', open, 502, /function behind it fails/],
    ['another status comes', open, 400, /rejected with 400/],
  ])('is not rejected properly if %s', (_, gate, status, words) => {
    expect(judge(stranger({ 'no token': status }, gate))).toMatchObject(saying(words));
  });

  test('a throttled room decides nothing', () => {
    expect(judge(stranger({ 'no token': 429 }))).toMatchObject({ outcome: 'inconclusive' });
  });

  test('is rejected with a remark inside $connect, or without an identity source', () => {
    expect(judge(stranger(refused, open))).toMatchObject({ remark: expect.stringContaining('behind $connect') });
    expect(judge(stranger(refused, withSources([])))).toMatchObject({
      remark: expect.stringContaining('no identity source'),
    });
  });
});

test.each([
  [[REWORDED], /recognizes it by only a part of it, such as its id/],
  [['a token without a signature', REWORDED], /alg: none/],
  [['a random text', 'a token without a signature'], /checks that there is a token/],
  [['a token with another name in it', "a token signed by a stranger's key"], /reads the token's claims/],
  [["a token signed by a stranger's key", 'a token without a signature'], /knows the user/],
  [['a token whose signature is cut off', 'a token without a signature'], /only if there is one/],
  [['a token that brings its own key'], /takes the key from the token/],
  [['a token that says where its key is'], /`jku` in its header/],
  [['a token without a signature'], /alg: none/],
  [['a token whose key id is an address'], /`kid` in its header/],
  [['a token that says where its certificate is'], /`x5u` in its header/],
  [['a token signed by the elliptic curve key that it brings'], /ES256/],
  [['an HS256 token made with "secret"'], /a secret that anyone can guess/],
  [['an HS256 token made with the public key'], /uses the user pool's public key.*as a secret/],
  [forgeries.filter((kind) => kind.startsWith('an HS256')), /only the signatures of RS256 tokens/],
])('%j is admitted', (kinds, words) => {
  const statuses = Object.fromEntries(kinds.map((kind) => [kind, 101]));
  expect(forgedTokenIsRefused.judge(tried({ 'three random parts': 403, ...statuses }))).toMatchObject(saying(words));
});

describe('a token that must be admitted before the forged one', () => {
  const judged = (status: number, more: Partial<Tried<never>> = {}, others = 401) =>
    forgedTokenIsRefused.judge({
      ...tried<never>({ 'three random parts': others }),
      notAdmitted: { kind: 'her own token', status },
      ...more,
    });

  test.each([429, 500, 502, 401])('and is answered with %i, decides nothing', (status) => {
    expect(judged(status)).toMatchObject({ outcome: 'inconclusive' });
  });

  test('that meets no capacity says so', () => {
    const noCapacity = { functionName: 'f-authorizer', limit: 10 };
    expect(judged(500, { noCapacity })).toEqual(judgeNoCapacity(noCapacity));
  });

  test('does not hide that others are admitted', () => {
    expect(judged(500, {}, 101)).toMatchObject({ outcome: 'failed' });
  });
});

test.each<[Tried<'an access token'>['ended'], RegExp]>([
  ['failed', /gave 500\. The authorizer throws something other than "Unauthorized", which its log shows\.$/],
  ['finished', /gave 500\. The authorizer didn't fail, but API Gateway can't use its answer: it needs/],
])('an authorizer that gives 500 has %s', (ended, words) => {
  const { judge } = accessTokenIsRefused;
  expect(judge({ ...tried({ 'an access token': 500 }), ended })).toMatchObject(saying(words));
});

test('points at the code of the authorizer if its answer is wrong, and at the stack if the stack is', () => {
  const at = { codeOf: 'Authorizer0A' };
  const judged = (status: number, gate = asked) =>
    accessTokenIsRefused.judge(tried({ 'an access token': status }, gate));
  const inStack = { ...at, unlessRooms: 'authorizer.ts' };
  expect(judged(101)).toMatchObject({ at });
  expect(judged(500)).toMatchObject({ at: inStack });
  expect(judged(500, { ...asked, authorizer: { ...authorizer, mayBeInvoked: false } })).toMatchObject({
    at: 'Authorizer0A',
  });
  expect(judged(400)).toMatchObject({ at: inStack });
  expect(judged(403)).toMatchObject({ at: 'Authorizer0A' });
  expect(judged(101, open)).toMatchObject({ at: 'ConnectRoute0B' });
  expect(strangerIsRefused.judge(stranger({ 'no token': 101 }, withSources([])))).toMatchObject({ at: 'Authorizer0A' });
});

test('a token from elsewhere, and the claim that shows it', () => {
  const { judge } = foreignTokenIsRefused;
  const [pool, client] = ['a token of another user pool', 'a token of another client'];
  expect(judge(tried({ [pool]: 403, [client]: 403 }))).toMatchObject({ outcome: 'passed' });
  expect(judge(tried({ [pool]: 101, [client]: 403 }))).toMatchObject(saying('the issuer'));
  expect(judge(tried({ [pool]: 403, [client]: 101 }))).toMatchObject(
    saying('verifies the signature, but not the audience'),
  );
  expect(judge(tried({ [pool]: 101, [client]: 101 }))).toMatchObject(saying(/issuer.*nor the audience/));
  const herself = 'a token that brings its own issuer';
  const own = (also: number) => tried<never>({ [pool]: 403, [client]: also, [herself]: 101 });
  expect(judge(own(403))).toMatchObject(saying(/its own issuer\. The room fetches the keys from wherever `iss`/));
  expect(judge(own(101))).toMatchObject(saying(/its own issuer, and with one of another client/));
  expect(judge(tried({ [pool]: 101, [client]: 403, [herself]: 101 }))).toMatchObject(saying('compare the issuer'));
  expect(judge(tried({ [pool]: 500, [client]: 403 }))).toMatchObject(saying('crashes instead of rejecting'));
});

test('an access token', () => {
  expect(accessTokenIsRefused.judge(tried({ 'an access token': 101 }))).toMatchObject(saying('token_use'));
});

describe('an expired token', () => {
  const { judge } = expiredTokenIsRefused;

  test('is waited for', () => {
    const [expires, until] = [new Date('2026-11-24T02:05:00'), new Date('2026-11-24T02:06:00')];
    expect(judge({ kind: 'waiting', expires, until })).toMatchObject({
      outcome: 'pending',
      until,
      reason: expect.stringMatching(/valid until 02:05:00\..* minute .*clock skew.* from 02:06:00 on\.$/),
    });
  });

  test('is rejected, or not', () => {
    const minutes = 5;
    expect(judge({ kind: 'tried', minutes, tried: tried({ 'an expired token': 403 }) })).toMatchObject({
      outcome: 'passed',
    });
    expect(judge({ kind: 'tried', minutes, tried: tried({ 'an expired token': 101 }) })).toMatchObject(
      saying('expired 5 minutes ago'),
    );
  });

  test('is not waited for if tokens live too long', () => {
    const lives = 3600;
    const long = { kind: 'lives too long', lives, clientId: 'c', client: 'Page' } as const;
    expect(judge({ ...long, token: 'ID' })).toMatchObject({
      ...saying(/^The ID tokens of the client c live 60 minutes, but the contract says 5 minutes.* can connect for/),
      at: 'Page',
    });
    expect(judge({ ...long, token: 'access' })).toMatchObject(
      saying(/^The access tokens .* change its user's account/),
    );
  });
});

function withSources(identitySources: readonly string[]): Gate {
  return { ...asked, authorizer: { ...authorizer, identitySources } };
}
