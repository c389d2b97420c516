import type { LiveRoute, Snapshot } from '../apigatewayv2/records.ts';

/** `$request.body.action` alone, or `${request.body.a}` anywhere in a string. */
const variable = /^\$(request\.body(?:\.[\w-]+|\[\d+\])+)$|\$\{(request\.body(?:\.[\w-]+|\[\d+\])+)\}/g;

/** Whether an expression selects a route by the message's body. */
export function isSelectionExpression(expression: string): boolean {
  return expression.match(variable) !== null && !expression.replace(variable, '').includes('$');
}

/**
 * Returns a message's route: the one with the expression's key, or else `$default`; undefined if there is neither
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-develop-routes.html).
 */
export function selectRoute({ RouteSelectionExpression, routes }: Snapshot, text: string): LiveRoute | undefined {
  const key = routeKeyOf(RouteSelectionExpression, text);
  const isOfMessages = key !== undefined && key !== '$connect' && key !== '$disconnect';
  if (isOfMessages && Object.hasOwn(routes, key)) return routes[key];
  return routes.$default;
}

/** The expression's key for a message; undefined if the message is not JSON. */
export function routeKeyOf(expression: string, text: string): string | undefined {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return undefined;
  }
  return expression.replace(variable, (_match, alone, braced) => textAt(body, (alone ?? braced) as string));
}

/** The value at `request.body.a.b[0]`, as a string; nothing if it doesn't exist. */
function textAt(body: unknown, path: string): string {
  const steps = path.slice('request.body'.length).match(/[\w-]+/g) ?? [];
  let value = body;
  for (const step of steps) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return '';
    value = (value as Readonly<Record<string, unknown>>)[step];
  }
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
