import { check, type Evidence, type Finding, type Judgement, type Room } from '../../checking/check.ts';
import { type Gate, gateEvidence, observeGate, placeOfGate } from '../../observe/gate.ts';
import { isRefusal, marked } from '../../observe/marked.ts';
import { openRoom } from '../../observe/room.ts';
import { type ObservedStage, observeStage } from '../../observe/routes.ts';
import { observeUserPool, type UserPool } from '../../observe/user-pool.ts';
import { knock } from '../../probe/knock.ts';
import { guests } from '../../sign-in/guests.ts';
import { keepToken } from '../../sign-in/kept-token.ts';
import { NoPasswordFlowError } from '../../sign-in/sign-in.ts';
import { docs } from '../docs.ts';
import { atTheDoor, type NoCapacity, noCapacity, observeNoCapacity } from '../no-capacity.ts';
import { turnedAway } from '../turned-away.ts';
import { TOKEN_SOURCE } from './contract.ts';
import * as findings from './findings.ts';
import { type Decider, decider } from './observe-refusals.ts';
import { ANSWER, FAILED_BEHIND_CONNECT } from './refusals.ts';

export interface Observation extends Decider {
  readonly room: Room;
  readonly gate: Gate;
  readonly stage: Pick<ObservedStage, 'name' | 'autoDeploy' | 'deploymentId' | 'throttle'>;
  readonly pool: UserPool | { readonly missing: string };
  /** Why nobody can sign in to the client as the page does. */
  readonly shut?: string;
  /** How the handshake was answered; undefined where there is no pool to sign in to. */
  readonly status?: number;
  /** A function that Lambda did not run, if something broke. */
  readonly noCapacity?: NoCapacity;
  readonly conversation: readonly string[];
}

export const signedInUserComesIn = check<Observation>({
  id: 'signed-in-user-comes-in',
  title: 'Who signed in comes in',
  needs: ['stranger-is-refused'],
  expected: "Ada signs in to the stack's user pool, comes with her ID token in the address (`?token=`), and is let in.",
  async observe(subject) {
    const room = openRoom(subject);
    const [pool, gate, stage] = await Promise.all([
      observeUserPool(subject),
      observeGate(subject, room),
      observeStage(subject, room),
    ]);
    if ('missing' in pool) return { room, gate, stage, pool, conversation: [], log: [] };
    const invited = await subject.once(guests).catch((error: unknown) => {
      if (error instanceof NoPasswordFlowError) return { shut: error.message };
      throw error;
    });
    if ('shut' in invited) return { room, gate, stage, pool, shut: invited.shut, conversation: [], log: [] };
    const { ada } = invited;
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
      conversation,
      ...(status === 101 ? { log: [] } : await decider(subject, gate, status, since)),
      ...(status >= 500
        ? await observeNoCapacity(subject, room, atTheDoor(gate, { times: 1, admitted: 0, since }))
        : {}),
    };
  },
  judge({ room, gate, stage, pool, shut, status, noCapacity: none, conversation, log, asked }): Judgement {
    const evidence: Evidence[] = [
      marked({ source: 'conversation', about: room.address, lines: conversation }, isRefusal),
      ...gateEvidence(room, gate),
      ...log,
    ];
    if (status === 101) {
      return { outcome: 'passed', actual: 'Ada came in with her ID token.', evidence, at: placeOfGate(room, gate) };
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
      const actual = 'missing' in pool ? pool.missing : 'Ada could not sign in.';
      return { outcome: 'failed', actual, evidence, at: room.api, settled: true };
    }
    if (!stage.autoDeploy && stage.deploymentId === undefined) {
      const fact = `Ada signed in, and is refused all the same, as everybody is: ${status}. Nothing is deployed to the stage ${stage.name}`;
      const actual = `${fact}: it does not deploy changes by itself (\`autoDeploy\`), and nobody made a deployment.`;
      return { outcome: 'failed', actual, evidence, at: room.stage ?? room.api, finding: findings.nothingLive };
    }
    const { why, at = placeOfGate(room, gate), finding } = whyRefused(gate, status, asked);
    const actual = `Ada signed in, and is refused all the same: ${status}. ${why}`;
    return { outcome: 'failed', actual, evidence, at, finding };
  },
  hints: [
    'The door is shut, for everybody: people who signed in do not come in either.',
    'Compare how people come (labs/03-no-auth/README.md, the contract: `?token=` and an ID token) with what $connect waits for: its authorization type, and the identity source of its authorizer. If the authorizer was asked, its log says why it refused.',
    'API Gateway looks for the identity source first, and answers 401 itself where it is missing. Only then it invokes the function, which needs a permission for this authorizer: without it, or when the function throws, the answer is 500. What the function denies is 403. The CDK waits for the header Authorization, unless it is told another source, and no browser can send that header with a socket.',
    `The authorizer in stack.ts, with the place where the token is:

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

/** Why somebody with a good token may be refused, the surest reason first, and what to point at. */
function whyRefused(
  gate: Gate,
  status: number,
  asked: Decider['asked'],
): { why: string; at?: string; finding?: Finding } {
  const { authorizationType = 'NONE', authorizer, apiKeyRequired, route, connectId } = gate;
  const atRoute = route === undefined ? {} : { at: route };
  if (authorizationType === 'AWS_IAM') {
    return {
      why: 'The route $connect wants requests that are signed with AWS credentials (AWS_IAM), and the people of the room have none: a user pool gives tokens. Only an identity pool, which the room has not, would turn them into credentials.',
      finding: findings.wrongProof,
      ...atRoute,
    };
  }
  if (apiKeyRequired) {
    return {
      why: 'The route $connect wants an API key, and a browser cannot send one with a socket. A key that all share says nothing of who comes, either.',
      finding: findings.wrongProof,
      ...atRoute,
    };
  }
  const others = authorizer?.identitySources.filter((source) => source !== TOKEN_SOURCE) ?? [];
  const header = others.find((source) => /^route\.request\.header\./i.test(source));
  if (status === 401 && header !== undefined) {
    const name = header.replace(/^route\.request\.header\./i, '');
    return {
      why: `The authorizer ${authorizer?.name} waits for the header ${name}, and ${whyNoHeader(name)} The token is in the address: ${TOKEN_SOURCE}.`,
      finding: findings.wrongSource,
      ...atRoute,
    };
  }
  if (status === 401 && others.length > 0) {
    return {
      why: `The authorizer ${authorizer?.name} waits for ${others.join(', ')}, and people come with ${TOKEN_SOURCE} only.`,
      finding: findings.wrongSource,
      ...atRoute,
    };
  }
  if (authorizer?.mayBeInvoked === false) {
    return {
      why: `API Gateway may not invoke the function of the authorizer ${authorizer.name}: it has no permission for it (lambda:InvokeFunction for apigateway.amazonaws.com, on …/authorizers/${authorizer.id}).`,
      finding: findings.noPermission,
    };
  }
  if (authorizer === undefined) {
    return {
      why:
        status >= 500
          ? 'The function behind $connect failed; its log says how.'
          : 'The function behind $connect sent her away: does it read `?token=`, and does it know the user pool of this stack and its client?',
    };
  }
  const atConnect = connectId === undefined ? {} : { at: connectId };
  if (status === FAILED_BEHIND_CONNECT)
    return { why: 'The function behind $connect failed; its log says how.', finding: findings.crashes, ...atConnect };
  if (status >= 500) {
    return {
      why: `The authorizer ${authorizer.name} failed, and its log says how; or API Gateway cannot read its answer: ${ANSWER}.`,
      finding: findings.crashes,
    };
  }
  if (asked === '$connect') {
    return {
      why: `The authorizer ${authorizer.name} admitted her, and the function behind $connect sent her away.`,
      ...atConnect,
    };
  }
  return {
    why: `The authorizer ${authorizer.name} was asked and sent her away: does its function read \`?token=\`, does it take an ID token, does it know the user pool of this stack and its client, and is its policy for the methodArn it was given?`,
  };
}

/** A page chooses one header of its handshake, the subprotocol, which is none of the agreement. */
function whyNoHeader(name: string): string {
  switch (name.toLowerCase()) {
    case 'authorization':
      return 'a browser cannot set a header on a socket. That is what the CDK takes where no `identitySource` is given.';
    case 'cookie':
      return 'people come without one: a browser sends only cookies that the address of the API has set itself, and it sets none.';
    case 'sec-websocket-protocol':
      return 'people come without one: a browser sends there what a page names as subprotocols, and the agreement with the page is another.';
    default:
      return 'a browser cannot set a header on a socket.';
  }
}
