import { expect, test } from 'vitest';
import { onlyBuilds } from './only-builds.ts';

const stack = `import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
const functions = join(import.meta.dirname, '../../app/functions');
const stack = new Stack(new App(), 'chat');
class Room extends Construct { constructor(scope: Construct) { super(scope, 'Room'); } }
(stack.node.defaultChild as CfnRole).description = 'changed';
`;

test('a stack that builds shares a process', () => {
  expect(onlyBuilds(stack)).toBe(true);
});

test.each([
  "process.env.AWS_REGION = 'eu-west-1';",
  'process.exit(0);',
  'globalThis.left = 1;',
  'Stack.prototype.toString = () => "";',
  'App.isApp = () => true;',
  'Object.assign(Stack, { isStack: undefined });',
  '(stack.constructor as unknown as { x: number }).x = 1;',
  "const { writeFileSync } = await import('node:fs');",
  "import { writeFileSync } from 'node:fs';",
  "import './beside.ts';",
  'setTimeout(() => {}, 1000);',
])('one with `%s` gets a process of its own', (line) => {
  expect(onlyBuilds(`${stack}${line}\n`)).toBe(false);
});
