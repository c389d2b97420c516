import { expect, test } from 'vitest';
import { speakingKey } from './route-selection.ts';

test.each([
  [undefined, 'sendmessage'],
  ['$request.body.action', 'sendmessage'],
  [`\${request.body.action}`, 'sendmessage'],
  [`chat/\${request.body.action}`, 'chat/sendmessage'],
  [`\${request.body.service}/\${request.body.action}`, '/sendmessage'],
  // What a message does not have gives nothing, and a key is compared letter by letter.
  ['$request.body.type', ''],
  ['$request.body.Action', ''],
  ['$request.body.action.name', ''],
])('by %s, what people say goes to the route "%s"', (routeSelection, key) => {
  expect(speakingKey(routeSelection === undefined ? {} : { routeSelection })).toBe(key);
});
