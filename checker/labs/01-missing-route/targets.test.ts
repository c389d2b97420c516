import { describe, expect, test } from 'vitest';
import { route, seen, sendmessage, shipped, understood, unknown } from '../../../tests/checker/routes-of-lab-01.ts';
import { type Observation, routeSendmessage } from './route-sendmessage.ts';

const { judge } = routeSendmessage;

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
