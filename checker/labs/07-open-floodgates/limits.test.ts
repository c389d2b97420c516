import { expect, test } from 'vitest';
import { inWords, limitsOf, wrongIn } from './limits.ts';

const routes = ['$connect', '$default', 'sendmessage'];
const good = { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 };

test('limits of the stage hold for every route', () => {
  expect(limitsOf({ DefaultRouteSettings: good }, routes)).toEqual(
    routes.map((routeKey) => ({ routeKey, rate: 50, burst: 100 })),
  );
});

test('limits of a route come before those of the stage, each for itself', () => {
  const settings = { DefaultRouteSettings: good, RouteSettings: { $default: { ThrottlingRateLimit: 0 } } };
  expect(limitsOf(settings, routes)).toContainEqual({ routeKey: '$default', rate: 0, burst: 100 });
});

test('settings for a route that the API does not have do not count for its other routes', () => {
  const settings = { RouteSettings: { sendMessage: good, toString: good } };
  expect(limitsOf(settings, ['sendmessage', 'toString', 'constructor'])).toEqual([
    { routeKey: 'sendmessage' },
    { routeKey: 'toString', rate: 50, burst: 100 },
    { routeKey: 'constructor' },
  ]);
});

test.each([
  [10, 20],
  [500, 1000],
])('%i a second and %i at once are within bounds', (rate, burst) => {
  expect(wrongIn([{ routeKey: '$default', rate, burst }])).toBeUndefined();
});

test.each<[number | undefined, number | undefined, string]>([
  [undefined, undefined, 'none'],
  [9.9, 100, 'too few'],
  [50, 19, 'too few'],
  [0, undefined, 'too few'],
  [501, 100, 'too many'],
  [50, 1001, 'too many'],
  [50, undefined, 'half'],
  [undefined, 100, 'half'],
])('%s a second and %s at once: %s', (rate, burst, kind) => {
  const limits = {
    routeKey: '$default',
    rate,
    burst,
  };
  expect(wrongIn([{ routeKey: 'sendmessage', rate: 50, burst: 100 }, limits])).toMatchObject({
    kind,
    routes: ['$default'],
  });
});

test("a missing number defaults to the account's", () => {
  expect(inWords({ rate: 50 })).toBe('50 requests a second and 5,000 at once');
  expect(inWords({ rate: 1, burst: 1 })).toBe('1 request a second and 1 at once');
});
