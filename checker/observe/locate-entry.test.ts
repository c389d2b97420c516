import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CodeOf } from '../checking/check.ts';
import { locator } from './locate.ts';

let root: string;
const labFolder = () => join(root, 'labs', '03-x');

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'websocket-lab-entry-'));
  for (const path of ['app/functions/door.ts', 'app/functions/channels/door.ts', 'labs/03-x/src/knock.ts']) {
    await write(path, "// The handler.\nimport { x } from 'x';\nexport const handler = x;\n");
  }
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}

async function placeIn(stack: string, more: Omit<CodeOf, 'codeOf'> = {}): Promise<string> {
  await write('labs/03-x/stack.ts', `import 'aws-cdk-lib';\n${stack}\nroomFunction('Other', 'src/other.ts');\n`);
  const locate = locator({ root, labFolder: labFolder(), paths: new Map([['Door1', 'chat/Door/Resource']]) });
  const { file, line } = locate({ codeOf: 'Door1', ...more }) ?? {};
  return `${file}:${line}`;
}

test.each([
  ["roomFunction('Door', 'door.ts', {\n});", 'app/functions/door.ts:3'],
  ["roomFunction('Door', join(functions, 'channels/door.ts'));", 'app/functions/channels/door.ts:3'],
  ["roomFunction('Door', 'src/knock.ts');", 'labs/03-x/src/knock.ts:3'],
  ["roomFunction('Door', '../../labs/03-x/src/knock.ts');", 'labs/03-x/src/knock.ts:3'],
  ["new NodejsFunction(stack, 'Door', {\n  entry: join(here, 'src', 'knock.ts'),\n});", 'labs/03-x/src/knock.ts:3'],
  [
    "new NodejsFunction(\n  stack,\n  'Door',\n  { entry: new URL('./src/knock.ts', here).pathname },\n);",
    'labs/03-x/src/knock.ts:3',
  ],
  ["new Function(stack, 'Door', {\n  code: Code.fromInline('exports.handler = 1'),\n});", 'labs/03-x/stack.ts:2'],
  ["roomFunction('Door', 'gone.ts');\nroomFunction('Window', 'door.ts');", 'labs/03-x/stack.ts:2'],
])('%s has its code in %s', async (stack, place) => {
  expect(await placeIn(stack)).toBe(place);
});

test("the learner's own file comes before the room's", async () => {
  await write('labs/03-x/functions/door.ts', 'export async function handler() {}\n');
  expect(await placeIn("roomFunction('Door', 'door.ts');")).toBe('labs/03-x/functions/door.ts:1');
});

test("a handler of the room's can be left out, but the learner's own with its name can't", async () => {
  const stack = "roomFunction('Door', 'door.ts');";
  expect(await placeIn(stack, { unlessRooms: 'door.ts' })).toBe('labs/03-x/stack.ts:2');
  await write('labs/03-x/functions/door.ts', 'export async function handler() {}\n');
  expect(await placeIn(stack, { unlessRooms: 'door.ts' })).toBe('labs/03-x/functions/door.ts:1');
});
