import type { Room } from '../checking/check.ts';

/** The sender's action: docs/wire-format.md. */
export const SPEAKING = 'sendmessage';

/** `$request.body.action` alone, or `${request.body.action}` anywhere in a string. */
const variable = /^\$request\.body\.([\w.-]+)$|\$\{request\.body\.([\w.-]+)\}/g;

/** Whether the API selects a message's route by its text: docs/wire-format.md. */
export function selectsByText({ routeSelection = '' }: Pick<Room, 'routeSelection'>): boolean {
  return [...routeSelection.matchAll(variable)].some(([, alone, braced]) => (alone ?? braced) === 'text');
}

/**
 * Returns the route key for messages: the result of the API's route selection expression. The key is looked up exactly,
 * and a missing field becomes an empty string
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-develop-routes.html).
 */
export function speakingKey({ routeSelection = '$request.body.action' }: Pick<Room, 'routeSelection'>): string {
  return routeSelection.replace(variable, (_, alone, braced) => ((alone ?? braced) === 'action' ? SPEAKING : ''));
}
