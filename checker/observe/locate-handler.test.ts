import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { locateHandler } from './locate-handler.ts';

let root: string;
const labFolder = () => join(root, 'labs', '04-gone');
const locate = (handler: string, ...near: string[]) =>
  locateHandler({ root, labFolder: labFolder() }, { handler, near });

const handler = `import {
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';

// PostToConnectionCommand is what reaches a browser.
export async function handler() {
  await api.send(new PostToConnectionCommand({}));
}
`;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'websocket-lab-locate-'));
  await mkdir(join(labFolder(), 'functions'), { recursive: true });
  await mkdir(join(root, 'app', 'functions'), { recursive: true });
  await writeFile(join(labFolder(), 'functions', 'send-message.ts'), handler);
  await writeFile(join(root, 'app', 'functions', 'send-message.ts'), 'export const handler = 1;\n');
  await writeFile(join(root, 'app', 'functions', 'connect.ts'), '\nexport const handler = 1;\n');
});
afterAll(() => rm(root, { recursive: true, force: true }));

it('points at the code, not at an import or a comment', () => {
  expect(locate('send-message.ts', 'PostToConnectionCommand')).toEqual({
    file: 'labs/04-gone/functions/send-message.ts',
    line: 7,
  });
});

it('uses the first of the texts that the file contains', () => {
  expect(locate('send-message.ts', 'GoneException', 'api.send')?.line).toBe(7);
});

it('points at the handler if the file has none of the texts', () => {
  expect(locate('send-message.ts', 'GoneException')?.line).toBe(6);
});

it('looks in app/functions for a handler that is not in the lab', () => {
  expect(locate('connect.ts')).toEqual({ file: 'app/functions/connect.ts', line: 2 });
});

it('points at a file only if the stack names it, if the function is known', async () => {
  const line = { handler: 'connect.ts', near: ['handler'], of: 'Connect' };
  const find = () => locateHandler({ root, labFolder: labFolder() }, line);
  await writeFile(join(labFolder(), 'stack.ts'), "// connect.ts\nroomFunction('Connect', 'join.ts');\n");
  expect(find()).toBeUndefined();
  await writeFile(join(labFolder(), 'stack.ts'), "roomFunction('Connect', `connect`);\n");
  expect(find()).toEqual({ file: 'app/functions/connect.ts', line: 2 });
  expect(locateHandler({ root, labFolder: labFolder() }, { ...line, near: ['catch'] })).toBeUndefined();
});

const naming = (handler: string) => ({ handler, near: ['handler'], of: 'Connect' });

it.each([
  ['connect.ts', "connections.grants.actions(fn, 'dynamodb:PutItem');", false],
  ['connect.ts', "roomFunction('Connect', join(here, 'functions/connect.ts'));", true],
  ['connect.ts', "roomFunction('Connect', join(functions, 'channels/connect.ts'));", false],
  ['channels/connect.ts', "roomFunction('Connect', join(here, 'functions/connect.ts'));", false],
  ['channels/connect.ts', "roomFunction('Connect', join(functions, 'channels/connect.ts'));", true],
  ['channels/connect.ts', "roomFunction('Connect', join(functions, 'channels', 'connect.ts'));", true],
  ['channels/connect.ts', `roomFunction("Connect", \`\${functions}/channels/connect\`);`, true],
])('takes %s for named in %s: %s', async (file, line, isNamed) => {
  await mkdir(join(root, 'app', 'functions', 'channels'), { recursive: true });
  await writeFile(join(root, 'app', 'functions', 'channels', 'connect.ts'), 'export const handler = 1;\n');
  await writeFile(join(labFolder(), 'stack.ts'), `${line}\n`);
  const place = locateHandler({ root, labFolder: labFolder() }, naming(file));
  expect(place?.file).toBe(isNamed ? `app/functions/${file}` : undefined);
});

it('looks for telling texts in every handler, for the most specific one first', async () => {
  await writeFile(join(root, 'app', 'functions', 'message.ts'), "\nconsole.log('heard it', text);\n");
  const line = { handler: 'send-message.ts', near: ['api.send'], anywhere: ["('heard it", 'export'] };
  expect(locateHandler({ root, labFolder: labFolder() }, line)).toEqual({
    file: 'app/functions/message.ts',
    line: 2,
  });
  expect(locate('send-message.ts', 'api.send')?.file).toBe('labs/04-gone/functions/send-message.ts');
});

it('finds nothing for a file that does not exist', () => {
  expect(locate('gone.ts')).toBeUndefined();
});

it("looks in the lab's other files for what a handler has no more", async () => {
  await writeFile(join(labFolder(), 'stack.ts'), "roomFunction('SendMessage', 'functions/send-message.ts');\n");
  await writeFile(join(labFolder(), 'functions', 'everybody.ts'), '\nreturn new ScanCommand({});\n');
  expect(locate('send-message.ts', 'ScanCommand(')).toEqual({ file: 'labs/04-gone/functions/everybody.ts', line: 2 });
  expect(locate('send-message.ts', 'ScanCommand(', 'api.send')?.file).toBe('labs/04-gone/functions/send-message.ts');
});

it('finds a handler that was moved, not the one that the stack no longer names', async () => {
  await mkdir(join(labFolder(), 'src'), { recursive: true });
  await writeFile(join(labFolder(), 'src', 'message.ts'), handler);
  await writeFile(
    join(labFolder(), 'stack.ts'),
    "import { App } from 'aws-cdk-lib';\nnew NodejsFunction(app, 'Message', { entry: 'src/message.ts' }); // api.send\n",
  );
  expect(locate('send-message.ts', 'api.send')).toEqual({ file: 'labs/04-gone/src/message.ts', line: 7 });
});
