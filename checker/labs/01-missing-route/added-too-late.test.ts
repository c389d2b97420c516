import { expect, test } from 'vitest';
import { addedTooLate } from './added-too-late.ts';

const program = (text: string) => ({ file: 'labs/01-missing-route/stack.ts', text });

test.each([
  "api.addRoute('sendmessage', {",
  'new WebSocketRoute(stack, "Say", {',
  'const say = new CfnRoute(stack, "Say", {',
])('finds a route that is added after the last synth(): %s', (line) => {
  const text = `const app = new App();\n\napp.synth();\n\n${line}\n});\n`;
  expect(addedTooLate(program(text))).toEqual({ file: 'labs/01-missing-route/stack.ts', line: 5 });
});

test.each([
  "api.addRoute('sendmessage', {});\n\napp.synth();\n",
  "api.addRoute('sendmessage', {});\n",
  "app.synth();\n// api.addRoute('sendmessage', {});\n",
  "addRoutes();\napp.synth();\n\nfunction addRoutes() {\n  api.addRoute('sendmessage', {});\n}\n",
  "app.synth();\napi.addRoute('sendmessage', {});\napp.synth({ force: true });\n",
])('finds none in: %j', (text) => {
  expect(addedTooLate(program(text))).toBeUndefined();
  expect(addedTooLate(undefined)).toBeUndefined();
});
