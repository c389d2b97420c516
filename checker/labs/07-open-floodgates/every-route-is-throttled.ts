import { check, type Evidence, type Finding, type Room } from '../../checking/check.ts';
import { openRoom } from '../../observe/room.ts';
import { observeRoutes } from '../../observe/routes.ts';
import { observeStageSettings } from '../../observe/stage-settings.ts';
import { observeTemplate } from '../../observe/template.ts';
import { docs } from '../docs.ts';
import { grouped } from '../grouped.ts';
import { ACCOUNT, BURST, RATE } from './contract.ts';
import { declaredSettings } from './declared-settings.ts';
import * as findings from './findings.ts';
import { inWords, limitsOf, type RouteLimits, type StageSettings, type Wrong, wrongIn } from './limits.ts';
import { type OtherStage, observeOtherStages, withResources } from './other-stages.ts';

export interface Observation {
  readonly room: Room;
  readonly settings: StageSettings;
  /** The stage's settings in the deployed template; undefined if not all of them can be read. */
  readonly declared?: StageSettings;
  /** The keys of the API's routes. */
  readonly routes: readonly string[];
  /** Other stages that lead to the stack's functions. */
  readonly others: readonly OtherStage[];
}

export const everyRouteIsThrottled = check<Observation>({
  id: 'every-route-is-throttled',
  title: 'Every route is throttled',
  needs: ['room-is-deployed'],
  expected: `The stage admits ${RATE.least} to ${RATE.most} requests a second, and ${BURST.least} to ${grouped(BURST.most)} at once, on every route.`,
  async observe(subject) {
    const room = openRoom(subject);
    const [settings, routes, template, others] = await Promise.all([
      observeStageSettings(subject, room),
      observeRoutes(subject, room),
      observeTemplate(subject),
      observeOtherStages(subject, room),
    ]);
    return {
      room,
      settings,
      ...declaredSettings(template, subject, room),
      routes: routes.map(({ routeKey }) => routeKey).sort(),
      others: withResources(others, subject.resources, template),
    };
  },
  judge({ room, settings, declared, routes, others }) {
    const limits = limitsOf(settings, routes);
    const evidence: Evidence[] = [
      { source: 'GetStage', about: `${room.apiId}/${room.stageName}`, ...linesOf(settings, limits) },
    ];
    const at = room.stage ?? room.api;
    if (routes.length === 0) {
      const actual = `The API ${room.apiId} has no routes, so there is nothing to throttle.`;
      return { outcome: 'failed', actual, evidence, at: room.api, settled: true };
    }
    const wrong = wrongIn(limits);
    if (wrong !== undefined) {
      return {
        outcome: 'failed',
        actual: `${whatIsWrong(wrong, room, routes)}${wrong.kind === 'none' ? astray(settings, routes) : ''}`,
        evidence,
        at,
        finding: findingOf(wrong, routes),
      };
    }
    const lost = ROUTES.filter((key) => !routes.includes(key));
    if (lost.length > 0) {
      const actual = `The API ${room.apiId} no longer has the ${lost.length === 1 ? 'route' : 'routes'} ${listed(lost)}, which it had when the lab started.`;
      return { outcome: 'failed', actual, evidence, at: room.api, settled: true, finding: findings.lostRoute };
    }
    for (const other of others) {
      const otherLimits = limitsOf(other.settings, other.routes);
      // A stage that admits too few stops a flood, and nobody connects there.
      const open = wrongIn(otherLimits, ['none', 'too many', 'half']);
      if (open === undefined) continue;
      const where = other.apiId === room.apiId ? 'this API' : `the API ${other.apiId}`;
      evidence.push({
        source: 'GetStage',
        about: `${other.apiId}/${other.stageName}`,
        ...linesOf(other.settings, otherLimits),
      });
      return {
        outcome: 'failed',
        actual: `${whatIsWrong(open, other, other.routes)} It is another stage, of ${where}, and runs functions of the room or its stack.`,
        evidence,
        at: other.stage ?? other.api,
        finding: findings.otherStage,
      };
    }
    const byHand = declared !== undefined && wrongIn(limitsOf(declared, routes)) !== undefined;
    return {
      outcome: 'passed',
      actual: whatHolds(limits),
      evidence,
      at,
      byAbsence: true,
      remark: [...(byHand ? [BY_HAND] : []), ...(isByRoute(settings) ? [BY_ROUTE] : []), SHARED].join(' '),
      ...(byHand ? { byHand } : {}),
    };
  },
  hints: [
    'One script sent messages all afternoon, as fast as it could. Each message ran a function and was posted to everyone, and each of these steps costs money.',
    'Look at the stage in stack.ts. How many requests a second does it admit? `npx lab check 07` shows what GetStage says.',
    `API Gateway throttles with a token bucket: it holds as many tokens as requests may come at once (burst), and refills at a rate. A stage without its own limits has only the account's bucket, ${grouped(ACCOUNT.rate)} a second and ${grouped(ACCOUNT.burst)} at once for all APIs of a region. A stage can have its own limits for all of its routes. They count all clients together: they cap what a flood costs, but don't single out its sender.`,
    "The stage in stack.ts, with limits that people won't notice:",
  ],
  findings: [
    findings.someRoutes,
    findings.tooFew,
    findings.tooMany,
    findings.half,
    findings.otherStage,
    findings.lostRoute,
  ],
  docs: docs(
    '07-open-floodgates',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-protect.html',
  ),
});

/** The routes that every room has, whatever its messages select. */
const ROUTES = ['$connect', '$default', '$disconnect'];

const SHARED =
  "A throttle counts all clients together. It caps what a flood costs, but during a flood it rejects everyone's messages. To stop one sender, count messages per person in the function, or close their connection.";
const BY_HAND =
  'The limits are in the account but not in the stack: a fresh deployment will have none. Put them in stack.ts, and deploy.';
const BY_ROUTE =
  "The limits are set route by route, so a route that you add later has none. The stage's own limits (DefaultRouteSettings) apply to all routes.";

function whatIsWrong(
  { kind, routes, limits }: Wrong,
  { stageName }: Pick<Room, 'stageName'>,
  all: readonly string[],
): string {
  const where =
    routes.length === all.length ? `The stage ${stageName}` : `The stage ${stageName}, on ${listed(routes)},`;
  switch (kind) {
    case 'none':
      return routes.length === all.length
        ? `The stage ${stageName} has no throttle. Only the account's limit applies: ${inWords(ACCOUNT)}, for all APIs of the region together. One script can use it up, and each of its messages runs a function and is posted to everyone.`
        : `The stage ${stageName} has limits on some routes, but none on ${listed(routes)}. There, a script can send as much as the account allows.`;
    case 'too few':
      return limits.rate === 0 || limits.burst === 0
        ? `${where} admits ${inWords(limits)}: nobody gets through. 0 does not mean "no limit".`
        : `${where} admits ${inWords(limits)}. That's too low for people: a team that says good morning at the same time is throttled.`;
    case 'too many':
      return `${where} admits ${inWords(limits)}. That's far more than people send, so it doesn't stop a flood.`;
    case 'half':
      return `${where} has a ${limits.burst === undefined ? 'rate and no burst' : 'burst and no rate'}. AWS doesn't document the default for the missing one: the account's limit, or 0.`;
  }
}

/** Says which settings are for routes that the API doesn't have, after a space; empty if none are. */
function astray({ RouteSettings = {} }: StageSettings, routes: readonly string[]): string {
  const keys = Object.keys(RouteSettings).filter((key) => !routes.includes(key));
  return keys.length === 0 ? '' : ` It has settings for ${listed(keys)}, but the API's routes are ${listed(routes)}.`;
}

function whatHolds(limits: readonly RouteLimits[]): string {
  const all = [...new Set(limits.map(inWords))];
  if (all.length === 1) return `Each route admits ${all[0]}, from all clients together.`;
  return `Each route is throttled: ${limits.map((each) => `${each.routeKey} admits ${inWords(each)}`).join('; ')}.`;
}

function findingOf({ kind, routes }: Wrong, all: readonly string[]): Finding | undefined {
  switch (kind) {
    case 'none':
      return routes.length === all.length ? undefined : findings.someRoutes;
    case 'too few':
      return findings.tooFew;
    case 'too many':
      return findings.tooMany;
    case 'half':
      return findings.half;
  }
}

/** Whether none of the limits come from the stage's defaults. */
function isByRoute({ DefaultRouteSettings: stage }: StageSettings): boolean {
  return stage?.ThrottlingRateLimit === undefined && stage?.ThrottlingBurstLimit === undefined;
}

function linesOf(
  { DefaultRouteSettings: stage, RouteSettings }: StageSettings,
  limits: readonly RouteLimits[],
): Pick<Evidence, 'lines' | 'marked'> {
  const line = (name: string, rate?: number, burst?: number) =>
    `${name}: ThrottlingRateLimit ${rate ?? 'none'}, ThrottlingBurstLimit ${burst ?? 'none'}`;
  const lines = [
    line('DefaultRouteSettings', stage?.ThrottlingRateLimit, stage?.ThrottlingBurstLimit),
    ...limits.map(({ routeKey, rate, burst }) => line(`the route ${routeKey}`, rate, burst)),
    ...Object.keys(RouteSettings ?? {})
      .filter((key) => limits.every(({ routeKey }) => routeKey !== key))
      .map((key) => `RouteSettings of ${key}: no such route`),
  ];
  const marked = limits.flatMap((each, index) => (wrongIn([each]) === undefined ? [] : index + 1));
  return marked.length === 0 ? { lines } : { lines, marked };
}

function listed(routes: readonly string[]): string {
  const [last = '', ...others] = [...routes].reverse();
  return others.length === 0 ? last : `${others.reverse().join(', ')} and ${last}`;
}
