import { expect, test } from 'vitest';
import { everyRouteIsThrottled, type Observation } from './every-route-is-throttled.ts';
import type { StageSettings } from './limits.ts';

const room = { apiId: 'api1', api: 'Api', stageName: 'room', stage: 'Stage', address: 'ws://127.0.0.1/room' };
const routes = ['$connect', '$default', '$disconnect', 'sendmessage'];
const good = { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 };
const onAll = { DefaultRouteSettings: good };

function judged(settings: StageSettings, more: Partial<Observation> = { declared: settings }) {
  return everyRouteIsThrottled.judge({ room, settings, routes, ...more });
}

test('the start points at the stage, and says what applies without a throttle', () => {
  expect(judged({})).toMatchObject({
    outcome: 'failed',
    actual: expect.stringMatching(/has no throttle\..*10,000 requests a second and 5,000 at once/),
    at: 'Stage',
  });
});

test('a throttle of the stage passes, and counts all clients together', () => {
  expect(judged(onAll)).toMatchObject({
    outcome: 'passed',
    actual: 'Each route admits 50 requests a second and 100 at once, from all clients together.',
    remark: expect.stringContaining('counts all clients together'),
  });
});

test('a throttle on each route passes, and mentions that a new route would have none', () => {
  const RouteSettings = Object.fromEntries(routes.map((route) => [route, good]));
  expect(judged({ RouteSettings })).toMatchObject({ outcome: 'passed', remark: expect.stringContaining('add later') });
});

test('limits in the account alone pass as made by hand', () => {
  expect(judged(onAll, { declared: {} })).toMatchObject({ outcome: 'passed', byHand: true });
  expect(judged(onAll)).not.toHaveProperty('byHand');
});

test('limits of a stage outside the stack are not called manual', () => {
  expect(judged(onAll, {})).not.toHaveProperty('byHand');
});

test.each<[string, string, StageSettings]>([
  ['some-routes', '$default, $disconnect and sendmessage', { RouteSettings: { $connect: good } }],
  ['some-routes', 'on $default', { RouteSettings: { $connect: good, $disconnect: good, sendmessage: good } }],
  ['too-few', 'nobody gets through', { DefaultRouteSettings: { ThrottlingRateLimit: 0, ThrottlingBurstLimit: 0 } }],
  [
    'too-few',
    'on sendmessage, admits 1 request a second',
    { ...onAll, RouteSettings: { sendmessage: { ThrottlingRateLimit: 1 } } },
  ],
  ['too-many', '5,000 at once', { DefaultRouteSettings: { ...good, ThrottlingBurstLimit: 5000 } }],
  ['half', 'a rate and no burst', { DefaultRouteSettings: { ThrottlingRateLimit: 50 } }],
  ['half', 'a burst and no rate', { DefaultRouteSettings: { ThrottlingBurstLimit: 100 } }],
])('finds %s: %s', (id, words, settings) => {
  const judgement = judged(settings);
  expect(judgement).toMatchObject({ outcome: 'failed', actual: expect.stringContaining(words) });
  expect(judgement.outcome === 'failed' ? judgement.finding?.id : '').toBe(id);
});
