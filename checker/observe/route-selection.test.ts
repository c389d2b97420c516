import { expect, test } from 'vitest';
import { speakingKey } from './route-selection.ts';

test.each([
  [undefined, 'sendmessage'],
  ['$request.body.action', 'sendmessage'],
  [`\${request.body.action}`, 'sendmessage'],
  [`chat/\${request.body.action}`, 'chat/sendmessage'],
  [`\${request.body.service}/\${request.body.action}`, '/sendmessage'],
  // A field missing from the message yields nothing, and keys are compared exactly.
  ['$request.body.type', ''],
  ['$request.body.Action', ''],
  ['$request.body.action.name', ''],
])('by %s, what people say goes to the route "%s"', (routeSelection, key) => {
  expect(speakingKey({ routeSelection })).toBe(key);
});
