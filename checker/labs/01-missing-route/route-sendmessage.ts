import { check, type Evidence, type Judgement, type Room, type Subject } from '../../checking/check.ts';
import { isAnswer, marked } from '../../observe/marked.ts';
import { isNamedBy } from '../../observe/physical-id.ts';
import { openRoom } from '../../observe/room.ts';
import { SPEAKING, speakingKey } from '../../observe/route-selection.ts';
import { type ObservedRoute, observeRoutes, observeStage } from '../../observe/routes.ts';
import { wasInvoked } from '../../observe/was-invoked.ts';
import { speak } from '../../probe/speak.ts';
import { addedTooLate } from '../added-too-late.ts';
import { docs } from '../docs.ts';
import { type NoCapacity, noCapacity } from '../no-capacity.ts';
import { observeShutDoor } from '../nobody-comes-in.ts';
import { throttled, turnedAway } from '../turned-away.ts';
import * as findings from './findings.ts';
import { alikeIn, type Looked, missing, missingAs } from './missing-route.ts';
import { functionOf, sharedTarget, wrongTarget } from './targets.ts';

export interface Observation extends Looked {
  /** Logical ids of the stack's routes, by id in the account. */
  readonly routeIds: Readonly<Record<string, string>>;
  /** A function that Lambda did not run, if there is one. */
  readonly noCapacity?: NoCapacity;
}

type Failed = Extract<Judgement, { outcome: 'failed' }>;

export const routeSendmessage = check<Observation>({
  id: 'route-sendmessage',
  title: 'The room has a route for messages',
  needs: ['room-is-deployed'],
  expected:
    'The API has the route `sendmessage`, it invokes the function that sends messages to the room, and it is live on the stage.',
  async observe(subject) {
    const room = openRoom(subject);
    const [routes, stage] = await Promise.all([observeRoutes(subject, room), observeStage(subject, room)]);
    const since = Date.now();
    const spoken = await speak(subject, room.address, { count: false });
    const ids = routes.flatMap(({ routeId, integration }) => [routeId, integration?.functionName ?? []].flat());
    const named = (type: string, name: (logicalId: string) => string) =>
      Object.fromEntries(
        subject.resources
          .filter((resource) => resource.type === type)
          .map(({ physicalId, logicalId }) => [
            ids.find((id) => isNamedBy(physicalId, id)) ?? physicalId,
            name(logicalId),
          ]),
      );
    return {
      room,
      stage,
      routes,
      functions: named(
        'AWS::Lambda::Function',
        (id) => subject.locate(id)?.construct?.split('/').slice(1).join('/') ?? id,
      ),
      routeIds: named('AWS::ApiGatewayV2::Route', (id) => id),
      spoken,
      late: addedTooLate(subject.program(), ROUTE),
      ...(spoken.reply.kind === 'unknown action' ? await observeAnswering(subject, room, routes, since) : {}),
      ...(await observeShutDoor(subject, room, spoken.refused, { since, conversation: spoken.conversation })),
    };
  },
  judge(observation) {
    const { room, routes, stage, spoken, routeIds, door } = observation;
    const evidence = evidenceOf(observation);
    const key = speakingKey(room);
    const route = routes.find(({ routeKey }) => routeKey === key);
    const failed = (actual: string, more: Partial<Failed> = {}): Failed => ({
      outcome: 'failed',
      actual,
      evidence,
      at: (route && routeIds[route.routeId]) ?? room.api,
      ...more,
    });
    if (route === undefined) {
      const found = missingAs(observation);
      const alike = found === findings.keyDiffers ? alikeIn(observation) : undefined;
      const at = (alike && routeIds[alike.routeId]) ?? room.api;
      const place = found === findings.afterSynth ? observation.late : undefined;
      return failed(missing(observation), { settled: true, at, place, finding: found });
    }
    // Nobody spoke then, so what the route's function does is unknown.
    const away = turnedAway(spoken.refused, room, stage.throttle) ?? noCapacity(observation.noCapacity);
    if (away !== undefined) return away;
    const both = sharedTarget(route, observation);
    if (both !== undefined) return failed(both, { settled: true, at: room.api, finding: findings.sharedTarget });
    const wrong = wrongTarget(route, observation);
    if (wrong !== undefined) return failed(wrong, { settled: true, finding: findings.wrongTarget });
    if (door !== undefined) {
      return failed(`The route is there. ${door.actual}`, {
        at: door.at,
        place: door.place,
        finding: findings.nobodyComesIn,
      });
    }
    if (spoken.reply.kind === 'unknown action' || spoken.reply.kind === 'forbidden') {
      const more = stage.autoDeploy ? { waitsFor: 'API Gateway' } : { at: room.stage ?? room.api };
      return failed(notLive(observation, route), { ...more, finding: findings.notLive });
    }
    return {
      outcome: 'passed',
      actual: `The route ${key} is live on the stage ${stage.name} and invokes ${functionOf(route, observation)}.`,
      evidence,
      at: routeIds[route.routeId] ?? room.api,
      ...remarksOn(route, routeIds[route.routeId] === undefined),
    };
  },
  hints: [
    "Somebody sends a message, and the room answers that it doesn't know the action. Read that answer on the page: it names the action that the page sent.",
    'Compare the API in labs/01-missing-route/stack.ts with what the page sends (docs/wire-format.md): which function there does no route invoke?',
    'API Gateway takes the field that the route selection expression names, here `action`, and looks for a route with exactly that key. Messages that match no route go to `$default`. A route needs an integration, which says what to invoke, and API Gateway needs permission to invoke it. One method of `WebSocketApi` creates all three.',
    `After the API in stack.ts:

api.addRoute('sendmessage', {
  integration: new WebSocketLambdaIntegration('SendMessageIntegration', sendMessage),
  returnResponse: true,
});`,
  ],
  findings: [...Object.values(findings), throttled],
  docs: docs(
    '01-missing-route',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-develop-routes.html',
  ),
});

function remarksOn({ routeKey, answers }: ObservedRoute, byHand: boolean): { remark?: string; byHand?: boolean } {
  const remarks = [
    ...(byHand ? [`The route ${routeKey} is in the account but not in the stack: somebody created it manually.`] : []),
    ...(answers
      ? []
      : [
          'The route has no route response, so a sender never learns why a message was rejected, for example because it was too long. `returnResponse: true` adds one.',
        ]),
  ];
  return { ...(remarks.length === 0 ? {} : { remark: remarks.join(' ') }), ...(byHand ? { byHand } : {}) };
}

/** Finds out whether the route's own function gave the answer. No log proves that it didn't. */
async function observeAnswering(
  subject: Subject,
  room: Room,
  routes: readonly ObservedRoute[],
  since: number,
): Promise<{ answers?: true }> {
  const name = routes.find(({ routeKey }) => routeKey === speakingKey(room))?.integration?.functionName;
  if (name === undefined || routes.filter((route) => route.integration?.functionName === name).length > 1) return {};
  return (await wasInvoked(subject, name, since).catch(() => false)) ? { answers: true } : {};
}

function notLive(observation: Observation, route: ObservedRoute): string {
  const { name, autoDeploy, message } = observation.stage;
  const fact = `The route ${route.routeKey} exists, but`;
  if (!autoDeploy) {
    return `${fact} it is not deployed to the stage ${name}. The stage doesn't deploy changes automatically (\`autoDeploy\`), and nothing was deployed since the route was added.`;
  }
  const said = message === undefined ? '' : ` API Gateway reports: ${message}`;
  return `${fact} Ada gets the answer of $default. The stage ${name} deploys changes automatically, so this should pass in a moment. If it doesn't, that answer comes from ${functionOf(route, observation)}.${said}`;
}

function evidenceOf(observation: Observation): Evidence[] {
  const { room, routes, stage, spoken, door } = observation;
  const lines = routes.map((route) => `${route.routeKey} → ${functionOf(route, observation)}`).sort();
  const deployed = `${stage.name}: deployment ${stage.deploymentId ?? 'none'}, autoDeploy ${stage.autoDeploy}`;
  const key = speakingKey(room);
  const route = routes.find(({ routeKey }) => routeKey === key) ?? alikeIn(observation);
  const answering = route?.routeKey ?? '$default';
  const evidence = [
    marked({ source: 'GetRoutes', about: room.apiId, lines: lines.length === 0 ? ['no routes'] : lines }, (line) =>
      line.startsWith(`${answering} → `),
    ),
    marked({ source: 'conversation', about: room.address, lines: spoken.conversation }, isAnswer),
    ...(door?.evidence ?? []),
  ];
  if (key !== SPEAKING) {
    const selection = `RouteSelectionExpression: ${room.routeSelection}`;
    evidence.unshift({ source: 'GetApi', about: room.apiId, lines: [selection], marked: [0] });
  }
  // If the route exists but isn't live, the stage shows why.
  const isLive = route?.routeKey !== key || spoken.reply.kind === 'message';
  const stageShown = { source: 'GetStage', about: room.apiId, lines: [deployed] };
  return isLive ? evidence : [marked(stageShown, () => !stage.autoDeploy), ...evidence];
}

/** How a program adds the route for messages. */
const ROUTE = {
  adds: /\.addRoute\(|\bnew (?:\w+\.)?(?:WebSocketRoute|CfnRoute)\(/,
  names: new RegExp(`["'\`]${SPEAKING}["'\`]`),
};
