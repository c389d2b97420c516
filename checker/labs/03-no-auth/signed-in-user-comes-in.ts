import { type At, check, type Evidence, type Finding, type Judgement, type Room } from '../../checking/check.ts';
import { type Gate, gateEvidence, invokesConnect, observeGate, placeOfGate } from '../../observe/gate.ts';
import { isRefusal, marked } from '../../observe/marked.ts';
import { openRoom } from '../../observe/room.ts';
import { type ObservedStage, observeStage } from '../../observe/routes.ts';
import { thrownAt } from '../../observe/thrown.ts';
import { observeUserPool, type UserPool } from '../../observe/user-pool.ts';
import { knock } from '../../probe/knock.ts';
import { keyOfStranger } from '../../sign-in/forge.ts';
import { guests } from '../../sign-in/guests.ts';
import { keepToken } from '../../sign-in/kept-token.ts';
import { openPool } from '../../sign-in/open-pool.ts';
import { NoPasswordFlowError } from '../../sign-in/sign-in.ts';
import { docs } from '../docs.ts';
import { atTheDoor, type NoCapacity, noCapacity, observeNoCapacity } from '../no-capacity.ts';
import { turnedAway } from '../turned-away.ts';
import { TOKEN_SOURCE } from './contract.ts';
import * as findings from './findings.ts';
import { type Decider, decider } from './observe-refusals.ts';
import { codeOfOwn, FAILED_BEHIND_CONNECT, placeOfFailure, whyItFailed } from './refusals.ts';

export interface Observation extends Decider {
  readonly room: Room;
  readonly gate: Gate;
  readonly stage: Pick<ObservedStage, 'name' | 'autoDeploy' | 'deploymentId' | 'throttle'>;
  readonly pool: UserPool | { readonly missing: string };
  /** Why nobody can sign in to the client as the page does. */
  readonly shut?: string;
  /** Whether the client has a secret. */
  readonly hasSecret?: boolean;
  /** The status of the handshake; undefined if there is no pool to sign in to. */
  readonly status?: number;
  /** A function that Lambda did not run, if something broke. */
  readonly noCapacity?: NoCapacity;
  readonly conversation: readonly string[];
}

export const signedInUserComesIn = check<Observation>({
  id: 'signed-in-user-comes-in',
  title: 'Signed-in users get in',
  needs: ['stranger-is-refused'],
  expected: "Ada signs in to the stack's user pool, connects with her ID token in the URL (`?token=`), and gets in.",
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
    const { ada, client } = invited;
    const since = Date.now();
    const { knocks, conversation } = await knock(subject, room.address, [
      { kind: 'her ID token', label: 'Ada', token: ada.tokens.id, username: ada.username },
    ]);
    const status = knocks[0]?.status ?? 0;
    if (status === 101) await keepToken(subject, ada.tokens.id, Date.now(), 'used');
    return {
      room,
      gate,
      stage,
      pool,
      status,
      hasSecret: client.clientSecret !== undefined,
      conversation,
      ...(status === 101 ? { log: [] } : await decider(subject, gate, status, since)),
      ...(status >= 500
        ? await observeNoCapacity(subject, room, atTheDoor(gate, { times: 1, admitted: 0, since }))
        : {}),
    };
  },
  judge({ room, gate, stage, pool, shut, hasSecret, status, noCapacity: none, conversation, log, asked }): Judgement {
    const evidence: Evidence[] = [
      marked({ source: 'conversation', about: room.address, lines: conversation }, isRefusal),
      ...gateEvidence(room, gate),
      ...log,
    ];
    if (status === 101) {
      return {
        outcome: 'passed',
        actual: 'Ada got in with her ID token.',
        evidence,
        at: placeOfGate(room, gate),
        remark: hasSecret && !('missing' in pool) ? secretOf(pool) : undefined,
      };
    }
    const away = turnedAway(status, room, stage.throttle);
    if (away !== undefined) return away;
    const unlucky = noCapacity(none);
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
    const { why, at = placeOfGate(room, gate), finding } = whyRefused(room, gate, status, asked);
    const actual = `Ada signed in, but she is rejected: ${status}. ${why}`;
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
  findings: [findings.nothingLive, findings.wrongProof, findings.wrongSource, findings.noPermission, findings.crashes],
  docs: docs(
    '03-no-auth',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-lambda-auth.html',
  ),
});

/** Programs on a server can sign in with a secret. A page can't keep one. */
function secretOf({ clientId }: UserPool): string {
  return `The client ${clientId} of the user pool has a secret, so the chat page can't sign in with it: Cognito expects a hash that only the secret's owner can compute. Give the page a client without one (\`generateSecret: false\`).`;
}

/** Returns why a valid token may be rejected, the likeliest reason first, and what to point at. */
function whyRefused(
  room: Room,
  gate: Gate,
  status: number,
  asked: Decider['asked'],
): { why: string; at?: At; finding?: Finding } {
  const { authorizationType = 'NONE', authorizer, apiKeyRequired, route, connectId } = gate;
  if (authorizationType === 'AWS_IAM') {
    return {
      why: "The route $connect requires requests signed with AWS credentials (AWS_IAM), but the room's users have none: a user pool issues tokens. Only an identity pool could exchange them for credentials, and the room has none.",
      finding: findings.wrongProof,
      at: route,
    };
  }
  if (apiKeyRequired) {
    return {
      why: "The route $connect requires an API key, and a browser can't send one with a socket. A shared key wouldn't identify anyone, either.",
      finding: findings.wrongProof,
      at: route,
    };
  }
  const others = authorizer?.identitySources.filter((source) => source !== TOKEN_SOURCE) ?? [];
  const header = others.find((source) => /^route\.request\.header\./i.test(source));
  if (status === 401 && header !== undefined) {
    const name = header.replace(/^route\.request\.header\./i, '');
    const isAlone = authorizer?.identitySources.length === 1;
    const rest = isAlone
      ? `The token is in the URL: ${TOKEN_SOURCE}.`
      : `A handshake needs all of the authorizer's identity sources: ${authorizer?.identitySources.join(', ')}.`;
    return {
      why: `The authorizer ${authorizer?.name} expects the header ${name}, but ${whyNoHeader(name, isAlone)} ${rest}`,
      finding: findings.wrongSource,
      at: route,
    };
  }
  if (status === 401 && others.length > 0) {
    return {
      why: `The authorizer ${authorizer?.name} expects ${others.join(', ')}, but clients only send ${TOKEN_SOURCE}.`,
      finding: findings.wrongSource,
      at: route,
    };
  }
  if (authorizer?.isFunctionGone) {
    return { why: `The function of the authorizer ${authorizer.name}, ${authorizer.functionName}, doesn't exist.` };
  }
  if (authorizer?.mayBeInvoked === false) {
    return {
      why: `API Gateway isn't allowed to invoke the function of the authorizer ${authorizer.name} (it needs lambda:InvokeFunction for apigateway.amazonaws.com, on …/authorizers/${authorizer.id}).`,
      finding: findings.noPermission,
    };
  }
  if (authorizer === undefined) {
    return {
      why:
        status >= 500
          ? 'The function behind $connect failed; its log says why.'
          : "The function behind $connect rejected her. Does it read `?token=`, and does it know this stack's user pool and client?",
    };
  }
  if (status === FAILED_BEHIND_CONNECT)
    return { why: 'The function behind $connect failed; its log says why.', finding: findings.crashes, at: connectId };
  if (status >= 500) {
    return { why: whyItFailed(authorizer, gate), at: placeOfFailure(room, gate), finding: findings.crashes };
  }
  if (asked === '$connect') {
    return {
      why: `The authorizer ${authorizer.name} admitted her, and the function behind $connect rejected her.`,
      at: connectId,
    };
  }
  return {
    why: `The authorizer ${authorizer.name} rejected her. Does its function read \`?token=\`, does it expect an ID token, does it know this stack's user pool and client, and does its policy name the methodArn that it got?`,
    at: codeOfOwn(room, gate),
  };
}

/** A page can choose one header of its handshake, the subprotocol, but the contract doesn't use it. */
function whyNoHeader(name: string, isAlone: boolean): string {
  switch (name.toLowerCase()) {
    case 'authorization':
      return `a browser can't set headers on a socket.${isAlone ? " That header is the CDK's default if there is no `identitySource`." : ''}`;
    case 'cookie':
      return "clients don't send one: a browser only sends cookies that the API itself has set, and it sets none.";
    case 'sec-websocket-protocol':
      return "clients don't send one: a browser puts a page's subprotocols there, and the contract doesn't use them.";
    default:
      return "a browser can't set headers on a socket.";
  }
}
