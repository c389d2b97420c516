import type { Room } from '../checking/check.ts';

/** The action of who speaks: docs/wire-format.md. */
export const SPEAKING = 'sendmessage';

/** `$request.body.action` by itself, or `${request.body.action}` anywhere in a text. */
const variable = /^\$request\.body\.([\w.-]+)$|\$\{request\.body\.([\w.-]+)\}/g;

/** Whether the API finds the route of a message by the text that somebody typed: docs/wire-format.md. */
export function selectsByText({ routeSelection = '' }: Pick<Room, 'routeSelection'>): boolean {
  return [...routeSelection.matchAll(variable)].some(([, alone, braced]) => (alone ?? braced) === 'text');
}

/**
 * The key of the route for what people say: what the API's route selection expression makes of it. It looks the key up
 * as it is, and what a message does not have is the empty text
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-develop-routes.html).
 */
export function speakingKey({ routeSelection = '$request.body.action' }: Pick<Room, 'routeSelection'>): string {
  return routeSelection.replace(variable, (_, alone, braced) => ((alone ?? braced) === 'action' ? SPEAKING : ''));
}
