import { expect, test } from 'vitest';
import { everyRouteIsThrottled, type Observation } from './every-route-is-throttled.ts';
import type { StageSettings } from './limits.ts';

const room = { apiId: 'api1', api: 'Api', stageName: 'room', stage: 'Stage', address: 'ws://127.0.0.1/room' };
const routes = ['$connect', '$default', '$disconnect', 'sendmessage'];
const good = { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 };
const onAll = { DefaultRouteSettings: good };

function judged(settings: StageSettings, more: Partial<Observation> = { declared: settings }) {
  return everyRouteIsThrottled.judge({ room, settings, routes, others: [], ...more });
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

test('an API without routes proves nothing about a throttle', () => {
  expect(judged(onAll, { routes: [] })).toMatchObject({ outcome: 'failed', at: 'Api' });
});

test('a throttle on every route that is left fails if another one is gone', () => {
  expect(judged(onAll, { routes: ['$connect', '$default', 'sendmessage'] })).toMatchObject({
    outcome: 'failed',
    actual: expect.stringContaining('no longer has the route $disconnect, which'),
    at: 'Api',
    finding: { id: 'lost-route' },
  });
});

const beta = { apiId: 'api1', api: 'Api', stageName: 'beta', settings: {}, routes };

test('finds another stage that runs the functions without a throttle', () => {
  expect(judged(onAll, { others: [{ ...beta, settings: onAll, stageName: 'alpha' }, beta] })).toMatchObject({
    outcome: 'failed',
    actual: expect.stringMatching(/^The stage beta has no throttle\..* It is another stage, of this API/),
    finding: { id: 'other-stage' },
    evidence: [{ about: 'api1/room' }, { about: 'api1/beta' }],
  });
});

test("points at another stage's own resource", () => {
  expect(judged(onAll, { others: [{ ...beta, stage: 'Beta' }] })).toMatchObject({ at: 'Beta' });
  expect(judged(onAll, { others: [beta] })).toMatchObject({ at: 'Api' });
});

test("another API's stage is found, too, and a closed stage is fine", () => {
  const [limits, closed] = [5000, 0].map((limit) => ({ ThrottlingRateLimit: limit, ThrottlingBurstLimit: limit }));
  const other = { ...beta, apiId: 'api2', api: 'Old' };
  expect(judged(onAll, { others: [{ ...other, settings: { DefaultRouteSettings: limits } }] })).toMatchObject({
    outcome: 'failed',
    actual: expect.stringContaining('of the API api2'),
    at: 'Old',
  });
  expect(judged(onAll, { others: [{ ...other, settings: { DefaultRouteSettings: closed } }] }).outcome).toBe('passed');
});

test('shows settings of routes that do not exist, and says so', () => {
  expect(judged({ RouteSettings: { sendMessage: good } })).toMatchObject({
    actual: expect.stringMatching(/It has settings for sendMessage, but the API's routes are .* and sendmessage\.$/),
    evidence: [{ lines: expect.arrayContaining(['RouteSettings of sendMessage: no such route']) }],
  });
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
