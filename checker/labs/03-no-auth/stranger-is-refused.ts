import { check, type Finding, type Subject } from '../../checking/check.ts';
import type { Gate } from '../../observe/gate.ts';
import { openRoom } from '../../observe/room.ts';
import { type ObservedStage, observeStage } from '../../observe/routes.ts';
import { guests } from '../../sign-in/guests.ts';
import { keepToken } from '../../sign-in/kept-token.ts';
import { docs } from '../docs.ts';
import { TOKEN_SOURCE } from './contract.ts';
import * as findings from './findings.ts';
import { observeRefusals } from './observe-refusals.ts';
import { judgeRefusals, type Tried } from './refusals.ts';

type Kind = 'no token' | 'an empty token';

export interface Observation extends Tried<Kind> {
  readonly stage: Pick<ObservedStage, 'name' | 'autoDeploy'>;
}

export const strangerIsRefused = check<Observation>({
  id: 'stranger-is-refused',
  title: 'Strangers are rejected',
  needs: ['room-is-deployed'],
  expected: 'Mallory connects without a token. The handshake is rejected with 401 or 403.',
  async observe(subject) {
    const room = openRoom(subject);
    const [tried, stage] = await Promise.all([
      observeRefusals<Kind>(subject, [{ kind: 'no token' }, { kind: 'an empty token', token: '' }]),
      observeStage(subject, room),
      keepForLater(subject),
    ]);
    return { ...tried, stage };
  },
  judge(observation) {
    const remark = remarkOn(observation.gate);
    return judgeRefusals(observation, {
      whyIn: () => whyLetIn(observation),
      allRefused: 'Mallory was rejected at the handshake',
      remark,
      byHand: observation.gate.authorizer?.byHand === true,
      letIn: letInAs(observation),
    });
  },
  hints: [
    "Somebody uninvited is in the room, reading along. The room didn't ask who they were when they connected.",
    'A socket opens with one handshake, and its route is $connect. Look at that route in stack.ts: what decides there who gets in? Which function in the file is never used?',
    "A WebSocket API authorizes once, at $connect. An authorizer is a function that gets the handshake first and returns a policy that allows or denies it. A browser can't set headers on a socket, so the token is in the query string, and the authorizer's identity source names it there. Clients without it get 401, and the function isn't even invoked.",
    `In connectRouteOptions of the API in stack.ts (WebSocketLambdaAuthorizer is in aws-cdk-lib/aws-apigatewayv2-authorizers):

authorizer: new WebSocketLambdaAuthorizer('ConnectAuthorizer', authorizer, {
  identitySource: ['route.request.querystring.token'],
}),`,
  ],
  findings: [findings.attachedToNothing, findings.letsIn, findings.crashesInstead, findings.notLive],
  docs: docs(
    '03-no-auth',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-lambda-auth.html',
  ),
});

/**
 * The sooner a token is kept, the sooner there is an expired one. The check that needs it reports what prevents that.
 */
async function keepForLater(subject: Subject): Promise<void> {
  await subject.once(guests).then(
    async ({ ada }) => keepToken(subject, (await ada.signIn()).id),
    () => {},
  );
}

/** Returns the mistake at a door that admits strangers; undefined if nothing was changed there yet. */
function letInAs({ gate: { authorizationType = 'NONE', authorizers }, stage }: Observation): Finding | undefined {
  if (authorizationType === 'NONE') return authorizers.length === 0 ? undefined : findings.attachedToNothing;
  return stage.autoDeploy ? findings.letsIn : findings.notLive;
}

function whyLetIn({ gate, stage, knocks }: Observation): string {
  const { authorizationType, authorizer, authorizers } = gate;
  const fact = knocks.some(({ kind, status }) => kind === 'no token' && status === 101)
    ? 'Mallory got in without a token.'
    : 'Mallory got in with an empty token.';
  if (authorizationType === undefined || authorizationType === 'NONE') {
    return authorizers.length === 0
      ? `${fact} The route $connect requires no authorization: its AuthorizationType is NONE, and the API has no authorizer.`
      : `${fact} The API has the authorizer ${authorizers.join(', ')}, but the route $connect doesn't use it: its AuthorizationType is NONE. An authorizer that is attached to no route never runs.`;
  }
  if (!stage.autoDeploy) {
    return `${fact} The route $connect requires authorization, but that is not deployed to the stage ${stage.name}: it doesn't deploy changes automatically (\`autoDeploy\`).`;
  }
  const { name = 'none', identitySources = [] } = authorizer ?? {};
  if (identitySources.includes(TOKEN_SOURCE)) {
    return `${fact} The route $connect has the authorizer ${name}, which expects a token: its deployment may still be in progress.`;
  }
  return `${fact} The route $connect has the authorizer ${name}, which admits people without a token.`;
}

function remarkOn({ authorizationType, authorizer, apiKeyRequired }: Gate): string | undefined {
  if (authorizer?.byHand === true) {
    return `The authorizer ${authorizer.name} is in the account but not in the stack: somebody created it manually.`;
  }
  if ((authorizationType ?? 'NONE') === 'NONE' && !apiKeyRequired) {
    return 'The function behind $connect decides who gets in, not an authorizer. That can work, but it mixes two jobs: a change to how people are stored can break access control. An authorizer does nothing else, and adds the name to every later event.';
  }
  if (authorizationType === 'CUSTOM' && authorizer?.identitySources.length === 0) {
    return `The authorizer ${authorizer.name} has no identity source, so its function also runs for people without a token, and each invocation costs. With ${TOKEN_SOURCE}, API Gateway rejects them itself.`;
  }
  return undefined;
}
