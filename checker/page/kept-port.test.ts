import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { workshopRoot } from '../workshop/root.ts';
import { atKeptPort } from './kept-port.ts';
import { type Page, servePage } from './serve.ts';

let root: string;
let open: Page[];

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'kept-port-'));
  open = [];
});
afterEach(async () => {
  await Promise.all(open.map((page) => page.close()));
  await rm(root, { recursive: true, force: true });
});

async function served(name: string, lab = name): Promise<Page> {
  const room = 'ws://127.0.0.1:1/room';
  const folder = join(workshopRoot(), 'app', 'web');
  const page = await atKeptPort(root, name, (port) => servePage({ root: folder, room, lab, port }));
  open.push(page);
  return page;
}

test.each([
  ['a lab', '01-missing-route'],
  ['lab start', 'start'],
])('a second page of %s leaves the first its port', async (_, name) => {
  const first = await served(name, '01-missing-route');
  const second = await served(name, '01-missing-route');
  expect(second.url).not.toBe(first.url);
  await first.close();
  expect((await served(name, '01-missing-route')).url).toBe(first.url);
});

test('a port that another program has is given up', async () => {
  const first = await served('01-missing-route');
  await first.close();
  const port = Number(new URL(first.url).port);
  const other = createServer((_, response) => response.end('{}'));
  await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
  const second = await served('01-missing-route');
  await second.close();
  await new Promise((resolve) => other.close(resolve));
  expect((await served('01-missing-route')).url).toBe(second.url);
});
