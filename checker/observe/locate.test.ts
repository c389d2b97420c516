import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { locator } from './locate.ts';

let root: string;
let labFolder: string;

const stackFile = `import { Table } from 'Connections';
// The table: new Table(stack, 'Connections')
const table = new Table(stack, 'Connections', {});
const send = roomFunction('SendMessage', 'send-message.ts');
const api = new WebSocketApi(
  stack,
  'Api',
  {},
);
for (const key of keys) make(stack, key);
`;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'locate-'));
  labFolder = join(root, 'labs', '01-x');
  await mkdir(labFolder, { recursive: true });
  await writeFile(join(labFolder, 'stack.ts'), stackFile);
});

afterEach(() => rm(root, { recursive: true, force: true }));

function lineOf(wanted: string, paths: Record<string, string> = {}): number | undefined {
  return locator({ root, labFolder, paths: new Map(Object.entries(paths)) })(wanted)?.line;
}

describe('by the id in the file', () => {
  test('comments and imports do not count as the construct', () => {
    expect(lineOf('Conn1', { Conn1: 'chat/Connections/Resource' })).toBe(3);
  });

  test('a helper in the file counts, and so does an id on a separate line', () => {
    expect(lineOf('chat/SendMessage/Resource')).toBe(4);
    expect(lineOf('chat/Api/Resource')).toBe(7);
  });

  test('a resource inside a construct has the place of that construct', () => {
    expect(lineOf('chat/Api/sendmessage-Route/Resource')).toBe(7);
  });

  test('a function has the place of its construct if the stack runs another file', () => {
    const locate = locator({ root, labFolder, paths: new Map([['Send1', 'chat/SendMessage/Resource']]) });
    expect(locate({ handler: 'pre-sign-up.ts', near: ['throw'], of: 'Send1' })?.line).toBe(4);
    expect(locate({ handler: 'pre-sign-up.ts', near: ['throw'] })).toBeUndefined();
  });

  test('an unknown logical id has no location', () => {
    expect(lineOf('Nowhere123')).toBeUndefined();
  });

  test('the file path is relative to the workshop, with the construct', () => {
    const place = locator({ root, labFolder, paths: new Map() })('chat/Api/Resource');
    expect(place).toEqual({ file: 'labs/01-x/stack.ts', line: 7, construct: 'chat/Api' });
  });
});

test('if the id is not in the file, the line that the CDK recorded is used', async () => {
  const out = join(labFolder, 'cdk.out');
  await mkdir(out);
  const data = [
    '...App.synth in aws-cdk-lib...',
    `make (${join(root, 'elsewhere.ts')}:1:1)`,
    `<anonymous> (${join(labFolder, 'stack.ts')}:10:25)`,
  ];
  const metadata = { '/chat/fromKey/Resource': [{ type: 'aws:cdk:creationStack', data }] };
  await writeFile(join(out, 'chat.metadata.json'), JSON.stringify(metadata));
  expect(lineOf('chat/fromKey/Resource')).toBe(10);
});

test("a role's default policy is placed at what the role is for, not at the first grant", async () => {
  const out = join(labFolder, 'cdk.out');
  await mkdir(out);
  const recorded = [{ type: 'aws:cdk:creationStack', data: [`<anonymous> (${join(labFolder, 'stack.ts')}:10:25)`] }];
  const policies = ['/chat/SendMessage/ServiceRole/DefaultPolicy', '/chat/fromKey/ServiceRole/DefaultPolicy'];
  const metadata = Object.fromEntries(policies.map((path) => [`${path}/Resource`, recorded]));
  await writeFile(join(out, 'chat.metadata.json'), JSON.stringify(metadata));
  expect(lineOf('chat/SendMessage/ServiceRole/DefaultPolicy/Resource')).toBe(4);
  expect(lineOf('chat/fromKey/ServiceRole/DefaultPolicy/Resource')).toBe(10);
});

test('a stack is placed where it is created, however its name is composed', async () => {
  const stack = "import { App, Stack } from 'aws-cdk-lib';\nconst stack = new Stack(app, 'chat-01-x');\n";
  await writeFile(join(labFolder, 'stack.ts'), stack);
  expect(lineOf('/chat-01-x')).toBe(2);
  await writeFile(join(labFolder, 'stack.ts'), stack.replace("'chat-01-x'", 'name'));
  expect(lineOf('/chat-01-x')).toBe(2);
});
