import { expect, test } from 'vitest';
import type { LiveRoute, StageRecord } from '../apigatewayv2/records.ts';
import { functionsForVisitors } from './visitors.ts';

const uri = (name: string) =>
  `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:111122223333:function:${name}/invocations`;

function route(RouteKey: string, name: string, authorizer?: string): LiveRoute {
  return {
    RouteKey,
    AuthorizationType: 'NONE',
    integration: { IntegrationUri: uri(name) },
    ...(authorizer === undefined ? {} : { authorizer: { AuthorizerUri: uri(authorizer) } }),
  } as LiveRoute;
}

function named(routes: readonly LiveRoute[], StageVariables = {}): string[] {
  const snapshot = {
    RouteSelectionExpression: '$request.body.action',
    routes: Object.fromEntries(routes.map((each) => [each.RouteKey, each])),
  };
  const stage = { StageVariables } as StageRecord;
  return functionsForVisitors({ snapshot, stage }).map((arn) => arn.split(':')[6] ?? '');
}

test('visitors first need what lets them in, then what they say goes to', () => {
  const routes = [
    route('$default', 'unknown'),
    route('sendmessage', 'send'),
    route('$disconnect', 'leave'),
    route('$connect', 'join', 'authorize'),
  ];
  expect(named(routes)).toEqual(['authorize', 'join', 'send']);
});

test("a stage's variables name its functions", () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: API Gateway's own syntax
  const routes = [route('sendmessage', '${stageVariables.sender}')];
  expect(named(routes, { sender: 'send' })).toEqual(['send']);
});

test('a room without functions needs none', () => {
  expect(named([])).toEqual([]);
});
