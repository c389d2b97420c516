import { expect, test } from 'vitest';
import { addedTooLate } from './added-too-late.ts';

const route = { adds: /\.addRoute\(|\bnew (?:WebSocketRoute|CfnRoute)\(/, names: /["'`]sendmessage["'`]/ };
const program = (text: string) => ({ file: 'labs/01-missing-route/stack.ts', text });

test.each([
  "api.addRoute('sendmessage', {",
  "api.addRoute(\n  'sendmessage',\n  {",
  'new WebSocketRoute(stack, "Say", {\n  webSocketApi: api,\n  routeKey: "sendmessage",',
  'const say = new CfnRoute(stack, "Say", { apiId: api.apiId, routeKey: `sendmessage`',
])('finds a route for messages that is added after the last synth(): %j', (line) => {
  const text = `const app = new App();\n\napp.synth();\n\n${line}\n});\n`;
  expect(addedTooLate(program(text), route)).toEqual({ file: 'labs/01-missing-route/stack.ts', line: 5 });
});

test('finds that route, not another one right before it', () => {
  const text = "app.synth();\napi.addRoute('ping', {});\napi.addRoute('sendmessage', {});\n";
  expect(addedTooLate(program(text), route)).toHaveProperty('line', 3);
});

test.each([
  "api.addRoute('sendmessage', {});\n\napp.synth();\n",
  "api.addRoute('sendmessage', {});\n",
  "app.synth();\n// api.addRoute('sendmessage', {});\n",
  "app.synth();\n/* api.addRoute('sendmessage', {}); */\n",
  "app.synth();\n/*\napi.addRoute('sendmessage', {});\n*/\n",
  "app.synth();\napi.addRoute('ping', {});\n",
  "app.synth();\napi.addRoute('sendMessage', {\n  integration: new WebSocketLambdaIntegration('Send', sendMessage),\n});\n",
  "addRoutes();\napp.synth();\n\nfunction addRoutes() {\n  api.addRoute('sendmessage', {});\n}\n",
  "app.synth();\napi.addRoute('sendmessage', {});\napp.synth({ force: true });\n",
])('finds none in: %j', (text) => {
  expect(addedTooLate(program(text), route)).toBeUndefined();
  expect(addedTooLate(undefined, route)).toBeUndefined();
});
