import { describe, expect, test } from 'vitest';
import type { ObservedRoute } from '../../observe/routes.ts';
import type { Spoken } from '../../probe/speak.ts';
import { type Observation, routeSendmessage } from './route-sendmessage.ts';

const { judge } = routeSendmessage;

function route(routeKey: string, functionName: string): ObservedRoute {
  const integration = { id: `i-${routeKey}`, type: 'AWS_PROXY', functionName };
  return { routeKey, routeId: `r-${routeKey}`, answers: true, integration };
}

const shipped = [route('$connect', 'f-connect'), route('$disconnect', 'f-leave'), route('$default', 'f-unknown')];
const sendmessage = route('sendmessage', 'f-send');
const unknown: Spoken = {
  reply: { kind: 'unknown action', text: '{"type":"error"}' },
  heard: { speaker: 0, listener: 0 },
  counted: false,
  conversation: ['+1 ms  Ada → {"action":"sendmessage"}'],
};
const understood: Spoken = { ...unknown, reply: { kind: 'message' }, heard: { speaker: 1, listener: 1 } };

function seen(more: Partial<Observation>): Observation {
  return {
    room: { apiId: 'api1', api: 'Api4AB2', stageName: 'room', stage: 'Stage0E', address: 'ws://127.0.0.1/room' },
    stage: { name: 'room', autoDeploy: true },
    routes: shipped,
    functions: {
      'f-connect': 'Connect',
      'f-leave': 'Disconnect',
      'f-unknown': 'UnknownAction',
      'f-send': 'SendMessage',
    },
    routeIds: { 'r-sendmessage': 'ApisendmessageRoute' },
    spoken: unknown,
    ...more,
  };
}

describe('no route', () => {
  test('points at the API and shows its routes and the conversation', () => {
    const judgement = judge(seen({}));
    expect(judgement).toMatchObject({ outcome: 'failed', at: 'Api4AB2', settled: true });
    expect(judgement).toHaveProperty(
      'actual',
      expect.stringContaining('has no route sendmessage, so $default answers'),
    );
    expect(judgement).toHaveProperty('evidence.0.lines', [
      '$connect → the function Connect',
      '$default → the function UnknownAction',
      '$disconnect → the function Disconnect',
    ]);
    expect(judgement).toHaveProperty('evidence.0.marked', [1]);
    expect(judgement).toHaveProperty('evidence.1.lines', unknown.conversation);
    // The check's own ladder of hints starts there.
    expect(judgement).not.toHaveProperty('finding');
  });

  test('$default that posts to the room is not the route, and the check says so', () => {
    expect(judge(seen({ spoken: understood }))).toMatchObject({
      outcome: 'failed',
      actual: expect.stringContaining('$default stands in for it'),
      finding: { id: 'stand-in' },
    });
  });

  test('$default stands in for it, whichever other routes there are', () => {
    const routes = [...shipped, route('ping', 'f-ping')];
    const judgement = judge(seen({ spoken: understood, routes }));
    expect(judgement).toMatchObject({
      actual: expect.stringContaining('$default stands in for it'),
      finding: { id: 'stand-in' },
    });
    expect(judgement).toHaveProperty('evidence.0.marked', [1]);
  });

  test('a key with different capitalization is named, and its route pointed at', () => {
    const other = route('sendMessage', 'f-send');
    const routeIds = { [other.routeId]: 'ApisendMessageRoute' };
    expect(judge(seen({ routes: [...shipped, other], routeIds }))).toMatchObject({
      at: 'ApisendMessageRoute',
      outcome: 'failed',
      actual: expect.stringContaining('It has sendMessage'),
      finding: { id: 'key-differs' },
    });
  });
});

test.each([
  ['send', 'f-send', 'It has send, which no message selects.'],
  ['ping', 'f-ping', 'It has ping, which no message selects.'],
  ['sendmessage ', 'f-send', 'It has "sendmessage ", but'],
  ['ping', 'f-unknown', "so $default answers that it doesn't know"],
])('a route %j to %s is no route for messages', (key, functionName, words) => {
  expect(judge(seen({ routes: [...shipped, route(key, functionName)] }))).toMatchObject({
    outcome: 'failed',
    actual: expect.stringContaining(words),
  });
});

describe('an API that selects routes by something else', () => {
  const selecting = (routeSelection: string) => ({ ...seen({}).room, routeSelection });

  test('reports that it is not part of what people send', () => {
    const judgement = judge(seen({ room: selecting('$request.body.type'), routes: [...shipped, sendmessage] }));
    expect(judgement).toMatchObject({
      outcome: 'failed',
      actual: expect.stringContaining('`$request.body.type`: messages have no such field'),
      finding: { id: 'selection-differs' },
    });
    expect(judgement).toHaveProperty('evidence.0.lines', ['RouteSelectionExpression: $request.body.type']);
  });

  test.each([
    ['chat/sendmessage', 'passed'],
    ['sendmessage', 'failed'],
  ])('and has a route %s', (key, outcome) => {
    const routes = [...shipped, route(key, 'f-send')];
    const room = selecting(`chat/\${request.body.action}`);
    expect(judge(seen({ room, routes, spoken: understood })).outcome).toBe(outcome);
  });
});

describe('a route that calls the wrong thing', () => {
  test.each([
    ['the function of $default', route('sendmessage', 'f-unknown'), 'which belongs to $default'],
    ['a function of another stack', route('sendmessage', 'elsewhere'), 'is not in this stack'],
    ['nothing', { ...sendmessage, integration: undefined } as never, 'has no integration'],
    ['a mock', { ...sendmessage, integration: { id: 'i', type: 'MOCK' } }, 'has the type MOCK'],
  ])('%s', (_, wrong, words) => {
    expect(judge(seen({ routes: [...shipped, wrong] }))).toMatchObject({
      outcome: 'failed',
      at: 'ApisendmessageRoute',
      actual: expect.stringContaining(words),
      finding: { id: 'wrong-target' },
    });
  });
});

test('a route whose function answers that the action is unknown is reported, whatever the stage deploys', () => {
  const swapped = [...shipped.filter(({ routeKey }) => routeKey !== '$default'), route('$default', 'f-send')];
  const routes = [...swapped, route('sendmessage', 'f-unknown')];
  expect(judge(seen({ routes, answers: true }))).toMatchObject({
    outcome: 'failed',
    actual: expect.stringContaining("which answers that it doesn't know the action"),
    finding: { id: 'wrong-target' },
  });
});

describe('a route whose function is also that of', () => {
  const shared = (key: string, functionName: string) => [
    ...shipped.filter(({ routeKey }) => routeKey !== key),
    route(key, functionName),
    route('sendmessage', functionName),
  ];
  test.each([
    ['$connect', 'f-send', 'No route invokes the function Connect.'],
    ['$connect', 'f-connect', 'No route invokes the function SendMessage.'],
    ['$disconnect', 'f-leave', 'No route invokes the function SendMessage.'],
  ])('%s, which is %s, says so without taking sides', (key, functionName, words) => {
    const judgement = judge(seen({ routes: shared(key, functionName) }));
    expect(judgement).toMatchObject({ outcome: 'failed', at: 'Api4AB2', finding: { id: 'shared-target' } });
    expect(judgement).toHaveProperty(
      'actual',
      expect.stringContaining(`The routes ${key} and sendmessage both invoke`),
    );
    expect(judgement).toHaveProperty('actual', expect.stringContaining(words));
    expect(judge(seen({ routes: shared(key, functionName), spoken: understood })).outcome).toBe('passed');
  });

  const door = { actual: 'Nobody could connect.', at: 'Connect0C', evidence: [] };
  const refused = (status: number, more: Partial<Observation>) =>
    judge(seen({ routes: shared('$connect', 'f-send'), spoken: { ...unknown, refused: status }, door, ...more }));

  test('$connect, in a room without capacity, decides nothing', () => {
    expect(refused(429, { door: { ...door, answeredBy: 'f-send' } }).outcome).toBe('inconclusive');
    expect(refused(500, { noCapacity: { functionName: 'f-send', limit: 10 } }).outcome).toBe('inconclusive');
  });

  test('$connect, and that rejects people, is reported; not if something else rejects them', () => {
    expect(refused(502, { door: { ...door, answeredBy: 'f-send' } })).toMatchObject({
      finding: { id: 'shared-target' },
    });
    expect(refused(403, {})).toMatchObject({ at: 'Connect0C', finding: { id: 'nobody-comes-in' } });
    const routes = shared('$disconnect', 'f-send');
    expect(refused(502, { routes, door: { ...door, answeredBy: 'f-connect' } })).toMatchObject({
      finding: { id: 'nobody-comes-in' },
    });
  });
});

describe('an existing route', () => {
  const routes = [...shipped, sendmessage];

  test('may call the function of $default, if that function tells the two apart', () => {
    const one = [...shipped, route('sendmessage', 'f-unknown')];
    expect(judge(seen({ routes: one, spoken: understood })).outcome).toBe('passed');
  });

  test('and live, passes', () => {
    const judgement = judge(seen({ routes, spoken: understood }));
    expect(judgement).toMatchObject({ outcome: 'passed', at: 'ApisendmessageRoute' });
    expect(judgement).not.toHaveProperty('remark');
  });

  test('in a throttled room, decides nothing', () => {
    expect(judge(seen({ routes, spoken: { ...understood, refused: 429 } })).outcome).toBe('inconclusive');
  });

  test('without a route response passes with a remark', () => {
    const silent = [...shipped, { ...sendmessage, answers: false }];
    expect(judge(seen({ routes: silent, spoken: understood }))).toHaveProperty('remark');
  });

  test('passes if somebody created it by hand, and the check says so', () => {
    const judgement = judge(seen({ routes, spoken: understood, routeIds: {} }));
    expect(judgement).toMatchObject({ outcome: 'passed', byHand: true, remark: expect.stringContaining('manually') });
  });

  test('and a stage that admits hardly anybody are reported', () => {
    const stage = { name: 'room', autoDeploy: true, throttle: { rate: 1, burst: 1 } };
    expect(judge(seen({ routes, stage, spoken: { ...understood, refused: 429 } }))).toMatchObject({
      outcome: 'failed',
      at: 'Stage0E',
      actual: expect.stringContaining('admits 1 handshake a second and 1 at once'),
    });
  });

  test('but answered as if it were not, on a stage with autoDeploy: there are two possible reasons', () => {
    const judgement = judge(seen({ routes }));
    expect(judgement).toMatchObject({ outcome: 'failed', waitsFor: 'API Gateway' });
    expect(judgement).toHaveProperty(
      'actual',
      expect.stringContaining('that answer comes from the function SendMessage'),
    );
  });

  test('and whose function fails is still live', () => {
    const failed: Spoken = { ...unknown, reply: { kind: 'function failed', text: '' } };
    expect(judge(seen({ routes, spoken: failed })).outcome).toBe('passed');
  });

  test.each(['unknown action', 'forbidden'] as const)('but not deployed (%s), is reported as such', (kind) => {
    const spoken: Spoken = { ...unknown, reply: { kind, text: '' } };
    expect(judge(seen({ routes, spoken, stage: { name: 'room', autoDeploy: false } }))).toMatchObject({
      outcome: 'failed',
      at: 'Stage0E',
      finding: { id: 'not-live' },
      actual: expect.stringContaining('exists, but it is not deployed to the stage room'),
    });
  });
});
