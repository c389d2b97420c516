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

it('finds nothing for a file that does not exist', () => {
  expect(locate('gone.ts')).toBeUndefined();
});
