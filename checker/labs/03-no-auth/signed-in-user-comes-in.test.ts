import { expect, test } from 'vitest';
import type { Asked, Gate } from '../../observe/gate.ts';
import { type Observation as Named, roomKnowsTheName } from './room-knows-the-name.ts';
import { type Observation, signedInUserComesIn } from './signed-in-user-comes-in.ts';

const room = { apiId: 'api1', api: 'Api', stageName: 'room', stage: 'Stage', address: 'ws://127.0.0.1/room' };
const { judge } = signedInUserComesIn;

function seen(status: number, gate: Partial<Gate> = {}, authorizer: Partial<Asked> = {}): Observation {
  const asked: Asked = {
    id: 'auth1',
    name: 'Door',
    identitySources: ['route.request.querystring.token'],
    mayBeInvoked: true,
    ...authorizer,
  };
  return {
    room,
    gate: { authorizationType: 'CUSTOM', apiKeyRequired: false, authorizer: asked, authorizers: ['Door'], ...gate },
    stage: { name: 'room', autoDeploy: true, deploymentId: 'd1' },
    pool: { id: 'us-east-1_a', clientId: 'c', pool: 'Users', client: 'Page' },
    status,
    conversation: [],
    log: [],
  };
}

const noAuthorizer = { authorizationType: 'NONE', authorizer: undefined } as unknown as Partial<Gate>;

test('connects', () => {
  expect(judge(seen(101)).outcome).toBe('passed');
});

test('says that nobody can sign up', () => {
  const remark = (signUp: Observation['signUp']) => judge({ ...seen(101), signUp });
  expect(remark('closed')).toMatchObject({ outcome: 'passed', remark: expect.stringContaining('selfSignUpEnabled') });
  expect(remark('no code')).toMatchObject({ outcome: 'passed', remark: expect.stringContaining('autoVerify') });
  expect(judge(seen(101))).toHaveProperty('remark', undefined);
});

test('says that a page has no use for a client with a secret', () => {
  expect(judge({ ...seen(101), hasSecret: true })).toMatchObject({
    outcome: 'passed',
    remark: expect.stringContaining("the chat page can't sign in with it"),
  });
});

test.each<[string, Observation, string]>([
  ['AWS_IAM', seen(403, { ...noAuthorizer, authorizationType: 'AWS_IAM' }), 'signed with AWS credentials (AWS_IAM)'],
  ['an API key', seen(403, { ...noAuthorizer, apiKeyRequired: true }), 'requires an API key'],
  [
    "the CDK's own source",
    seen(401, {}, { identitySources: ['route.request.header.Authorization'] }),
    "a browser can't set headers on a socket. That header is the CDK's default",
  ],
  [
    'a cookie',
    seen(401, {}, { identitySources: ['route.request.header.Cookie'] }),
    "the header Cookie, but clients don't send one: a browser only sends cookies",
  ],
  ['another header', seen(401, {}, { identitySources: ['route.request.header.X-Token'] }), 'the header X-Token, but a'],
  [
    'the subprotocol',
    seen(401, {}, { identitySources: ['route.request.header.Sec-WebSocket-Protocol'] }),
    "a page's subprotocols",
  ],
  [
    'a stage with nothing on it',
    { ...seen(403), stage: { name: 'room', autoDeploy: false } },
    'Nothing is deployed to',
  ],
  ['another name', seen(401, {}, { identitySources: ['route.request.querystring.auth'] }), 'expects route.request.q'],
  [
    'no permission',
    seen(500, {}, { mayBeInvoked: false }),
    "isn't allowed to invoke the function of the authorizer Door",
  ],
  [
    'a missing function',
    seen(500, {}, { mayBeInvoked: undefined as never, isFunctionGone: true, functionName: 'Knocker' }),
    "The function of the authorizer Door, Knocker, doesn't exist",
  ],
  ['a crash', seen(500), 'The authorizer Door failed'],
  [
    'an authorizer that invokes a function of its own',
    seen(500, {}, { functionName: 'Knocker' }),
    'The authorizer Door, which invokes the function Knocker, failed, and its log says why; or',
  ],
  [
    'an authorizer that invokes the function behind $connect',
    seen(500, { connect: 'Connector' }, { functionName: 'Connector' }),
    'The authorizer Door invokes the function Connector, which is the one behind $connect. Either it failed',
  ],
  [
    'a header in addition to the token',
    seen(401, {}, { identitySources: ['route.request.querystring.token', 'route.request.header.Authorization'] }),
    "the header Authorization, but a browser can't set headers on a socket. A handshake needs all of the authorizer's identity sources",
  ],
  ['a crash that its log shows', { ...seen(500), ended: 'failed' }, 'Door failed, and its log says why.'],
  [
    'an answer that is no answer',
    { ...seen(500), ended: 'finished' },
    "Door didn't fail, but API Gateway can't use its",
  ],
  ['a crash of $connect', seen(502), 'The function behind $connect failed'],
  ['a refusal', seen(403), 'Door rejected her'],
  ['a refusal inside of $connect', seen(401, noAuthorizer), 'The function behind $connect rejected her'],
])('is refused by %s', (_, observation, words) => {
  expect(judge(observation)).toMatchObject({ outcome: 'failed', actual: expect.stringContaining(words) });
});

test('does not blame the default of the CDK if the learner named the header beside the token', () => {
  const identitySources = ['route.request.querystring.token', 'route.request.header.Authorization'];
  expect(judge(seen(401, {}, { identitySources }))).toMatchObject({ actual: expect.not.stringContaining('CDK') });
});

test("points at the code of the learner's authorizer if its answer is wrong", () => {
  const at = { codeOf: 'Knocker0A', unlessRooms: 'authorizer.ts' };
  const rejected = (status: number) => judge(seen(status, {}, { logicalId: 'Knocker0A' }));
  expect(rejected(500)).toMatchObject({ at });
  const finished = { ...seen(500, {}, { logicalId: 'Knocker0A' }), ended: 'finished' as const };
  expect(judge(finished)).toMatchObject({ at: { codeOf: 'Knocker0A' } });
  expect(rejected(403)).toMatchObject({ at });
  expect(judge(seen(500, {}, { logicalId: 'Knocker0A', mayBeInvoked: false }))).toMatchObject({ at: 'Knocker0A' });
  const { gate } = seen(101, {}, { logicalId: 'Knocker0A' });
  const claims = { query: { name: 'Mallory' }, headers: {} };
  const named = (from: string) =>
    roomKnowsTheName.judge({ room, gate, username: 'ada', claims, conversation: [], from });
  expect(named('Mallory')).toMatchObject({ at });
  expect(named('stranger')).toMatchObject({ at });
});

test('points at the authorizer if it invokes the function behind $connect', () => {
  const wrong = seen(500, { connect: 'f', connectId: 'Connect' }, { functionName: 'f', resource: 'DoorAuthorizer' });
  expect(judge(wrong)).toMatchObject({ at: 'DoorAuthorizer' });
});

test('is rejected by $connect after the authorizer admitted her, and that function is named', () => {
  expect(judge({ ...seen(403, { connectId: 'Connect' }), asked: '$connect' })).toMatchObject({
    actual: expect.stringContaining('Door admitted her, and the function behind $connect rejected her'),
    at: 'Connect',
  });
  expect(judge(seen(502, { connectId: 'Connect' }))).toMatchObject({ at: 'Connect' });
});

test('is not admitted again, and the reason depends on the token that she brings', () => {
  const again = (brings: Observation['brings'], more: Partial<Observation> = {}) =>
    judge({ ...seen(403, { connectId: 'Connect' }, { logicalId: 'Knocker0A' }), brings, ...more });
  expect(again('a renewed ID token')).toMatchObject({
    actual: expect.stringMatching(/one that Cognito renewed.* is rejected: 403\. The authorizer Door.*`auth_time`/),
    at: { codeOf: 'Knocker0A' },
    finding: { id: 'only-at-first' },
  });
  expect(again('a new ID token')).toMatchObject({
    actual: expect.stringMatching(
      /connects again, with the ID token of a new sign-in, she is rejected: 403\..*windows/,
    ),
    finding: { id: 'only-at-first' },
  });
  expect(again('a renewed ID token', { asked: '$connect' })).toMatchObject({
    actual: expect.stringContaining('The function behind $connect rejected her'),
    at: 'Connect',
  });
  expect(again('a renewed ID token', { status: 500 })).toMatchObject({
    actual: expect.stringContaining('is rejected: 500. The authorizer Door failed'),
    finding: { id: 'crashes' },
  });
});

test('has to sign in again if the client renews no tokens', () => {
  expect(judge({ ...seen(101), unrenewed: 'InvalidParameterException: Auth flow not enabled' })).toMatchObject({
    outcome: 'failed',
    actual: expect.stringContaining("Cognito doesn't renew it"),
    at: 'Page',
    finding: { id: 'not-renewed' },
  });
});

test('cannot sign in to a client without passwords, which the learner has to fix', () => {
  const { status: _, ...rest } = seen(0);
  const shut = 'The client c of the user pool allows no sign-in with a password';
  expect(judge({ ...rest, shut })).toMatchObject({ outcome: 'failed', actual: shut, at: 'Page' });
});

test('cannot sign in without a pool', () => {
  const { status: _, ...rest } = seen(0);
  expect(judge({ ...rest, pool: { missing: 'The stack has no user pool.' } })).toMatchObject({
    outcome: 'failed',
    actual: 'The stack has no user pool.',
  });
});

test('is known by her username', () => {
  const { gate } = seen(101);
  const claims = { query: { name: 'Mallory', as: 'Vera' }, headers: { 'x-nickname': 'Ines' } };
  const named = (more: Partial<Named>) =>
    roomKnowsTheName.judge({ room, gate, username: 'ada', claims, conversation: [], ...more });
  const saying = (words: string) => ({ outcome: 'failed', actual: expect.stringContaining(words) });
  const inConnect: Gate = { authorizationType: 'NONE', apiKeyRequired: false, authorizers: [] };
  expect(named({ from: 'ada' }).outcome).toBe('passed');
  expect(named({ from: 'Mallory' })).toMatchObject(saying("Ada's message carries the name"));
  expect(named({ from: 'Mallory' })).toMatchObject(
    saying('Either the authorizer Door returns that name as `username` in its context, or it returns none, or the'),
  );
  expect(named({ from: 'Vera' })).toMatchObject(saying('only claimed in her URL (`?as=`)'));
  expect(named({ from: 'Ines' })).toMatchObject(saying('only claimed in her request'));
  expect(named({ from: 'Vera Moss', profile: { given_name: 'Vera' } })).toMatchObject(
    saying('the name "Vera Moss", which she chose in her profile (`given_name`). She signed in as "ada". Either'),
  );
  expect(named({ from: 'Mallory', gate: inConnect })).toMatchObject(
    saying('The function behind $connect stores the name that she claimed'),
  );
  expect(named({ from: 'stranger' })).toMatchObject(saying("has a `username` that isn't"));
  expect(named({ from: 'stranger', gate: inConnect })).toMatchObject(
    saying('The function behind $connect stores something'),
  );
  expect(named({})).toMatchObject(saying('never came back'));
  expect(named({ answer: 'Nobody heard you.' })).toMatchObject(saying('the room answered: Nobody heard you.'));
  expect(named({ refused: 403 })).toMatchObject(saying('another name in the URL (`?name=`), she is rejected'));
  const always = named({ refused: 403, isAlwaysRefused: true });
  expect(always).toMatchObject(saying('When she connects again, with a new one, she is rejected with 403.'));
  expect(always).toMatchObject({ actual: expect.not.stringContaining('Only the token') });
  expect(named({ refused: 429 }).outcome).toBe('inconclusive');
});

test('points at the function behind $connect if that function failed', () => {
  expect(judge(seen(502, { connectId: 'Connect' }))).toMatchObject({ at: 'Connect' });
});
