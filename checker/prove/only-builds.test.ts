import { expect, test } from 'vitest';
import { onlyBuilds } from './only-builds.ts';

const stack = `import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
const functions = join(import.meta.dirname, '../../app/functions');
const stack = new Stack(new App(), 'chat');
class Room extends Construct { constructor(scope: Construct) { super(scope, 'Room'); } }
(stack.node.defaultChild as CfnRole).description = 'changed';
`;

test('stacks with bundling share a process', () => {
  expect(onlyBuilds(stack)).toBe(true);
});

test.each([
  "fn.addEnvironment('KEY', process.env.AWS_ACCESS_KEY_ID ?? '');",
  "import { Code, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';",
  "Code.fromInline(`const { verify } = require('node:crypto'); exports.handler = () => process.exit();`);",
])('so does one with `%s`', (line) => expect(onlyBuilds(`${stack}${line}\n`)).toBe(true));

test('an adjacent file counts too', () => {
  const importing = `${stack}import { Speaking } from './speaking.ts';\n`;
  const among = (text: string) => (path: string) => (path === './speaking.ts' ? text : undefined);
  expect(onlyBuilds(importing, among('export class Speaking extends Construct {}'))).toBe(true);
  expect(onlyBuilds(importing, among('globalThis.left = 1;'))).toBe(false);
  expect(onlyBuilds(importing, among("import './stack.ts';"))).toBe(false);
  expect(onlyBuilds(importing)).toBe(false);
});

test.each([
  'delete process.env.AWS_REGION;',
  "process.env.AWS_REGION ??= 'eu-west-1';",
  "new Function('return 1')();",
  `Code.fromInline(\`\${process.exit()}\`);`,
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
