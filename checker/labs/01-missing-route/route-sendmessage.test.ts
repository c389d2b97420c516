import { describe, expect, test } from 'vitest';
import { route, seen, sendmessage, shipped, understood, unknown } from '../../../tests/checker/routes-of-lab-01.ts';
import type { Spoken } from '../../probe/speak.ts';
import { routeSendmessage } from './route-sendmessage.ts';

const { judge } = routeSendmessage;

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
    expect(judgement).toHaveProperty('finding', undefined);
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

  test('a route that is added after `app.synth()` is pointed at', () => {
    const late = { file: 'labs/01-missing-route/stack.ts', line: 62 };
    expect(judge(seen({ late }))).toMatchObject({
      outcome: 'failed',
      actual: expect.stringContaining('adds it after `app.synth()`'),
      place: late,
      finding: { id: 'after-synth' },
    });
    const routes = [...shipped, sendmessage];
    expect(judge(seen({ late, routes, spoken: understood })).outcome).toBe('passed');
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
