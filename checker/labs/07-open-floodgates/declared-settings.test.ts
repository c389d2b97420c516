import { expect, test } from 'vitest';
import type { StackResource } from '../../checking/check.ts';
import { declaredSettings } from './declared-settings.ts';

const room = { apiId: 'api1', api: 'Api', stageName: 'room', stage: 'Stage', address: 'ws://127.0.0.1/room' };
const stack = {
  deployed: true,
  id: 'arn:aws:cloudformation:us-east-1:111122223333:stack/chat-07-open-floodgates/1',
  status: 'UPDATE_COMPLETE',
  changedAt: 0,
} as const;
const stage = { logicalId: 'Stage', physicalId: 'room', type: 'AWS::ApiGatewayV2::Stage' };
const good = { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 };

function declared(Properties: object, resources: readonly StackResource[] = [stage]) {
  const template = JSON.stringify({ Resources: { Stage: { Type: stage.type, Properties } } });
  return declaredSettings(template, { stack, resources }, room).declared;
}

test('reads the limits of the stage from the template', () => {
  expect(declared({ DefaultRouteSettings: good })).toEqual({ DefaultRouteSettings: good });
  expect(declared({ RouteSettings: { $connect: good } })).toEqual({ RouteSettings: { $connect: good } });
});

test('a stage without limits has none', () => {
  expect(declared({})).toEqual({});
});

test.each<[string, object]>([
  ['a condition', { DefaultRouteSettings: { 'Fn::If': ['IsBusy', good, good] } }],
  ['a parameter', { DefaultRouteSettings: { ...good, ThrottlingRateLimit: { Ref: 'Rate' } } }],
  [
    'a mapping',
    { RouteSettings: { $connect: { ...good, ThrottlingRateLimit: { 'Fn::FindInMap': ['a', 'b', 'c'] } } } },
  ],
])('limits that depend on %s are not known', (_, properties) => {
  expect(declared(properties)).toBeUndefined();
});

test('limits by another name are not known', () => {
  expect(declared({ RouteSettings: { $connect: { throttlingRateLimit: 50 } } })).toBeUndefined();
});

test('a custom resource can set limits, too', () => {
  const custom = { logicalId: 'Throttle', physicalId: 'throttle', type: 'Custom::AWS' };
  expect(declared({}, [stage, custom])).toBeUndefined();
});

test("a nested stack's stage is not in this template", () => {
  expect(
    declared({}, [{ ...stage, stack: 'arn:aws:cloudformation:us-east-1:111122223333:stack/Door/2' }]),
  ).toBeUndefined();
});
