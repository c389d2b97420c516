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
  title: 'A stranger does not come in',
  needs: ['room-is-deployed'],
  expected: 'Mallory comes without a token, and is refused at the handshake: 401 or 403.',
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
      allRefused: 'Mallory was refused at the handshake',
      remark,
      byHand: observation.gate.authorizer?.byHand === true,
      letIn: letInAs(observation),
    });
  },
  hints: [
    'Somebody whom nobody invited sits in the room and reads along. The room did not ask who they are when they came.',
    'A socket is opened by one handshake, and the route for it is $connect. Look at that route in stack.ts: what decides there who may come in? Which function in the file is called by nobody?',
    'A WebSocket API asks once, at $connect: an authorizer is a function that gets the handshake before $connect does, and answers with a policy that allows or denies. A browser cannot set a header on a socket, so the token travels in the query of the address, and the identity source of the authorizer names it there. Who comes without it gets 401, and the function is not even called.',
    `In connectRouteOptions of the API in stack.ts (WebSocketLambdaAuthorizer is of aws-cdk-lib/aws-apigatewayv2-authorizers):

authorizer: new WebSocketLambdaAuthorizer('ConnectAuthorizer', authorizer, {
  identitySource: ['route.request.querystring.token'],
}),`,
  ],
  findings: [findings.attachedToNothing, findings.letsIn, findings.crashes, findings.notLive],
  docs: docs(
    '03-no-auth',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-lambda-auth.html',
  ),
});

/** The sooner a token is kept, the sooner there is one that has expired. What hinders it is told by who needs it. */
async function keepForLater(subject: Subject): Promise<void> {
  await subject.once(guests).then(
    ({ ada }) => keepToken(subject, ada.tokens.id),
    () => {},
  );
}

/** What was found of a door that lets strangers in; undefined where nothing was done to it yet. */
function letInAs({ gate: { authorizationType = 'NONE', authorizers }, stage }: Observation): Finding | undefined {
  if (authorizationType === 'NONE') return authorizers.length === 0 ? undefined : findings.attachedToNothing;
  return stage.autoDeploy ? findings.letsIn : findings.notLive;
}

function whyLetIn({ gate, stage, knocks }: Observation): string {
  const { authorizationType, authorizer, authorizers } = gate;
  const fact = knocks.some(({ kind, status }) => kind === 'no token' && status === 101)
    ? 'Mallory came in without a token.'
    : 'Mallory came in with a token that is empty.';
  if (authorizationType === undefined || authorizationType === 'NONE') {
    return authorizers.length === 0
      ? `${fact} The route $connect asks nobody who they are: its AuthorizationType is NONE, and the API has no authorizer.`
      : `${fact} The API has the authorizer ${authorizers.join(', ')}, but the route $connect does not use it: its AuthorizationType is NONE. Nobody asks an authorizer that is attached to no route.`;
  }
  if (!stage.autoDeploy) {
    return `${fact} The route $connect asks who they are, but that is not deployed to the stage ${stage.name}: it does not deploy changes by itself (\`autoDeploy\`).`;
  }
  const { name = 'none', identitySources = [] } = authorizer ?? {};
  if (identitySources.includes(TOKEN_SOURCE)) {
    return `${fact} The route $connect has the authorizer ${name}, which waits for a token: its deployment may still be on the way.`;
  }
  return `${fact} The route $connect has the authorizer ${name}, and that one lets in who has no token.`;
}

function remarkOn({ authorizationType, authorizer, apiKeyRequired }: Gate): string | undefined {
  if (authorizer?.byHand === true) {
    return `The authorizer ${authorizer.name} is in the account, and not in the stack: somebody made it by hand.`;
  }
  if ((authorizationType ?? 'NONE') === 'NONE' && !apiKeyRequired) {
    return 'The function behind $connect looks at the token itself. That works, and it mixes two jobs: whoever changes how people are listed can open the door. An authorizer does nothing else, and hands every later event the name.';
  }
  if (authorizationType === 'CUSTOM' && authorizer?.identitySources.length === 0) {
    return `The authorizer ${authorizer.name} has no identity source, so its function is called for everybody who comes without a token too, and each call costs. With ${TOKEN_SOURCE}, API Gateway refuses them by itself.`;
  }
  return undefined;
}
