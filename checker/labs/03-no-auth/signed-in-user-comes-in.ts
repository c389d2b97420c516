import { check, type Evidence, type Judgement, type Room } from '../../checking/check.ts';
import { type Gate, gateEvidence, invokesConnect, observeGate, placeOfGate } from '../../observe/gate.ts';
import { isRefusal, marked } from '../../observe/marked.ts';
import { openRoom } from '../../observe/room.ts';
import { type ObservedStage, observeStage } from '../../observe/routes.ts';
import { thrownAt } from '../../observe/thrown.ts';
import { observeUserPool, type PoolSettings, type UserPool } from '../../observe/user-pool.ts';
import { keyOfStranger } from '../../sign-in/forge.ts';
import { guests } from '../../sign-in/guests.ts';
import { openPool } from '../../sign-in/open-pool.ts';
import { NoPasswordFlowError } from '../../sign-in/sign-in.ts';
import { docs } from '../docs.ts';
import { atTheDoor, type NoCapacity, noCapacity, observeNoCapacity } from '../no-capacity.ts';
import { turnedAway } from '../turned-away.ts';
import { comesIn, type Entry } from './comes-in.ts';
import * as findings from './findings.ts';
import type { Decider } from './observe-refusals.ts';
import { whyRefused } from './why-refused.ts';

export interface Observation extends Decider, Partial<Pick<Entry, 'status' | 'brings' | 'unrenewed'>> {
  readonly room: Room;
  readonly gate: Gate;
  readonly stage: Pick<ObservedStage, 'name' | 'autoDeploy' | 'deploymentId' | 'throttle'>;
  readonly pool: UserPool | { readonly missing: string };
  /** Why nobody can sign in to the client as the page does. */
  readonly shut?: string;
  /** Whether the client has a secret. */
  readonly hasSecret?: boolean;
  /** Why nobody can sign up. */
  readonly signUp?: 'closed' | 'no code';
  /** A function that Lambda did not run, if something broke. */
  readonly noCapacity?: NoCapacity;
  /** Empty, and without a status, if there is no pool to sign in to. */
  readonly conversation: readonly string[];
}

export const signedInUserComesIn = check<Observation>({
  id: 'signed-in-user-comes-in',
  title: 'Signed-in users get in',
  needs: ['stranger-is-refused'],
  expected:
    "Ada signs in to the stack's user pool, connects with her ID token in the URL (`?token=`), and gets in. She also gets in with renewed ID tokens.",
  async observe(subject) {
    const room = openRoom(subject);
    // The next check needs it.
    void keyOfStranger().catch(() => {});
    const [pool, gate, stage] = await Promise.all([
      observeUserPool(subject),
      observeGate(subject, room),
      observeStage(subject, room),
    ]);
    if ('missing' in pool) return { room, gate, stage, pool, conversation: [], log: [] };
    // With several pools, the room's may not have been visible yet when the checker's users were created.
    if ((await subject.once(openPool)).client.clientId !== pool.clientId) subject.forget(openPool, guests);
    const invited = await subject.once(guests).catch((error: unknown) => {
      if (error instanceof NoPasswordFlowError) return { shut: error.message };
      throw error;
    });
    if ('shut' in invited) return { room, gate, stage, pool, shut: invited.shut, conversation: [], log: [] };
    const { client } = invited;
    const { since, ...entry } = await comesIn(subject, { room, gate }, invited);
    const { status } = entry;
    return {
      room,
      gate,
      stage,
      pool,
      ...entry,
      hasSecret: client.clientSecret !== undefined,
      signUp: shutTo((await subject.once(openPool)).settings),
      ...(status >= 500
        ? await observeNoCapacity(subject, room, atTheDoor(gate, { times: 1, admitted: 0, since }))
        : {}),
    };
  },
  judge(observation): Judgement {
    const { room, gate, stage, pool, shut, status, brings, unrenewed, conversation, log } = observation;
    const evidence: Evidence[] = [
      marked({ source: 'conversation', about: room.address, lines: conversation }, isRefusal),
      ...gateEvidence(room, gate),
      ...log,
    ];
    if (unrenewed !== undefined && !('missing' in pool)) {
      return {
        outcome: 'failed',
        actual: `Ada got in with her ID token, but Cognito doesn't renew it, so she gets in for five minutes only. ${unrenewed}`,
        evidence: [{ source: 'InitiateAuth', about: pool.clientId, lines: [unrenewed] }],
        at: pool.client,
        finding: findings.notRenewed,
      };
    }
    if (status === 101) {
      return {
        outcome: 'passed',
        actual: 'Ada got in with her ID token, and with renewed ones.',
        evidence,
        at: placeOfGate(room, gate),
        remark: 'missing' in pool ? undefined : remarkOn(pool, observation),
      };
    }
    const away = turnedAway(status, room, stage.throttle);
    if (away !== undefined) return away;
    const unlucky = noCapacity(observation.noCapacity);
    if (unlucky !== undefined) return unlucky;
    if (shut !== undefined && !('missing' in pool)) {
      const line = { source: 'DescribeUserPoolClient', about: pool.clientId, lines: [shut] };
      return { outcome: 'failed', actual: shut, evidence: [line], at: pool.client, finding: findings.noPassword };
    }
    if ('missing' in pool || status === undefined) {
      const actual = 'missing' in pool ? pool.missing : "Ada couldn't sign in.";
      return { outcome: 'failed', actual, evidence, at: room.api, settled: true };
    }
    if (!stage.autoDeploy && stage.deploymentId === undefined) {
      const fact = `Ada signed in, but she is rejected like everyone else: ${status}. Nothing is deployed to the stage ${stage.name}`;
      const actual = `${fact}: it doesn't deploy changes automatically (\`autoDeploy\`), and nobody created a deployment.`;
      return { outcome: 'failed', actual, evidence, at: room.stage ?? room.api, finding: findings.nothingLive };
    }
    const { why, at = placeOfGate(room, gate), finding } = whyRefused(room, gate, status, observation);
    const actual = `${WITH[brings ?? 'her ID token']} she is rejected: ${status}. ${why}`;
    const place = status < 500 || invokesConnect(gate) ? undefined : thrownAt(log);
    return { outcome: 'failed', actual, evidence, at, place, finding };
  },
  hints: [
    'Nobody gets in, not even people who signed in.',
    "Compare how clients connect (the contract in labs/03-no-auth/README.md: `?token=` and an ID token) with what $connect expects: its authorization type, and its authorizer's identity source. If the authorizer ran, its log says why it rejected the token.",
    "API Gateway looks for the identity source first, and answers 401 itself if it is missing. Then it invokes the function, for which it needs a permission for this authorizer. Without that, or if the function throws, the answer is 500. If the function denies, it is 403. The CDK's default identity source is the header Authorization, which no browser can send with a socket.",
    `The authorizer in stack.ts, with the place of the token:

authorizer: new WebSocketLambdaAuthorizer('ConnectAuthorizer', authorizer, {
  identitySource: ['route.request.querystring.token'],
}),`,
  ],
  findings: [
    findings.nothingLive,
    findings.wrongProof,
    findings.wrongSource,
    findings.noPermission,
    findings.crashes,
    findings.notRenewed,
    findings.onlyAtFirst,
  ],
  docs: docs(
    '03-no-auth',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-lambda-auth.html',
  ),
});

/** What Ada brought when she was rejected. */
const WITH = {
  'her ID token': 'Ada signed in, but',
  'a renewed ID token':
    'Ada got in with her ID token. With one that Cognito renewed, as the page does before it connects,',
  'a new ID token': 'Ada got in with her ID token. When she connects again, with the ID token of a new sign-in,',
} as const;

/** A trigger can confirm people without a code. */
function shutTo({ adminOnly, sendsNoCode, preSignUp }: PoolSettings): Observation['signUp'] {
  if (adminOnly) return 'closed';
  return sendsNoCode && preSignUp === undefined ? 'no code' : undefined;
}

function remarkOn(
  pool: UserPool,
  { hasSecret, signUp }: Pick<Observation, 'hasSecret' | 'signUp'>,
): string | undefined {
  const remarks = [...(hasSecret ? [secretOf(pool)] : []), ...(signUp === undefined ? [] : [NO_SIGN_UP[signUp]])];
  return remarks.length === 0 ? undefined : remarks.join(' ');
}

const NO_SIGN_UP = {
  closed:
    'Nobody can sign up on the chat page: only administrators can create users in the pool (`selfSignUpEnabled`).',
  'no code':
    'Nobody can finish signing up on the chat page: the pool verifies no attribute (`autoVerify`), so it sends no confirmation codes.',
} as const;

/** Programs on a server can sign in with a secret. A page can't keep one. */
function secretOf({ clientId }: UserPool): string {
  return `The client ${clientId} of the user pool has a secret, so the chat page can't sign in with it: Cognito expects a hash that only the secret's owner can compute. Give the page a client without one (\`generateSecret: false\`).`;
}
