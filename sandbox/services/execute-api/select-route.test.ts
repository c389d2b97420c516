import { describe, expect, it } from 'vitest';
import type { LiveRoute } from '../apigatewayv2/records.ts';
import { isSelectionExpression, routeKeyOf, selectRoute } from './select-route.ts';

describe('isSelectionExpression', () => {
  it.each([
    ['$request.body.action', true],
    ['$request.body.a.b-c[0]', true],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: API Gateway's own expression.
    ['${request.body.service}/${request.body.action}', true],
    ['action', false],
    ['$request.body', false],
    ['$request.header.x', false],
    ['$request.body.action and more', false],
    ['$context.routeKey', false],
  ])('takes %s for one: %s', (expression, is) => {
    expect(isSelectionExpression(expression)).toBe(is);
  });
});

describe('routeKeyOf', () => {
  it.each([
    ['$request.body.action', { action: 'join' }, 'join'],
    ['$request.body.a.b', { a: { b: 'deep' } }, 'deep'],
    ['$request.body.list[1]', { list: ['x', 'y'] }, 'y'],
    ['$request.body.action', {}, ''],
    ['$request.body.a.b', { a: 1 }, ''],
    ['$request.body.action', { action: 17 }, '17'],
    ['$request.body.action', { action: true }, 'true'],
    ['$request.body.action', 5, ''],
    ['$request.body.constructor', {}, ''],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: API Gateway's own expression.
    ['${request.body.service}/${request.body.action}', { service: 'chat', action: 'join' }, 'chat/join'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: API Gateway's own expression.
    ['${request.body.service}/${request.body.action}', { action: 'join' }, '/join'],
  ])('finds by %s in %j the key "%s"', (expression, body, key) => {
    expect(routeKeyOf(expression, JSON.stringify(body))).toBe(key);
  });

  it('finds no key if the message is not JSON', () => {
    expect(routeKeyOf('$request.body.action', 'action')).toBeUndefined();
  });
});

describe('selectRoute', () => {
  const route = (RouteKey: string): LiveRoute => ({
    RouteKey,
    AuthorizationType: 'NONE',
    integrationResponses: [],
    answers: false,
  });
  const keys = ['$connect', '$disconnect', '$default', 'join'];
  const routes = Object.fromEntries(keys.map((key) => [key, route(key)]));
  const select = (action: string, among = routes) =>
    selectRoute({ RouteSelectionExpression: '$request.body.action', routes: among }, JSON.stringify({ action }))
      ?.RouteKey;

  it.each([
    ['join', 'join'],
    ['leave', '$default'],
    ['$default', '$default'],
    ['$connect', '$default'],
    ['$disconnect', '$default'],
    ['toString', '$default'],
  ])('takes the message %s to %s', (action, key) => {
    expect(select(action)).toBe(key);
  });

  it('finds no route if there is no $default', () => {
    const { join } = routes;
    expect(select('leave', join === undefined ? {} : { join })).toBeUndefined();
  });
});
