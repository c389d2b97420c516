import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { accountEnd } from './account-end.ts';

const port = 4566;
const target = { kind: 'practice', environment: { AWS_ENDPOINT_URL: `http://127.0.0.1:${port}` } } as const;

async function folderWith(owner?: object): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'websocket-lab-'));
  onTestFinished(() => rm(root, { recursive: true }));
  const folder = join(root, '.lab', 'account');
  await mkdir(folder, { recursive: true });
  if (owner !== undefined) await writeFile(join(folder, 'owner.json'), JSON.stringify(owner));
  return root;
}

// A process id that no system gives.
const gone = { pid: 2 ** 22 + 1, port, nonce: 'n', command: 'lab', version: '0', lasting: true };

test.each([
  ['lost', 'if its process is gone', gone, 'ended unexpectedly'],
  ['stopped', 'if it was stopped', undefined, 'stopped'],
])('is %s %s', async (state, _when, owner, words) => {
  const root = await folderWith(owner);
  const said: string[] = [];
  const { signal } = new AbortController();
  const follow = () => Promise.reject(new Error('The practice account has ended.'));
  const ended = accountEnd(target, { root, follow, signal, print: (line) => said.push(line), heartbeat: 1, grace: 5 });
  expect(await ended).toBe(state);
  expect(said).toEqual([expect.stringContaining(words)]);
});

test('ends with the signal, also on AWS', async () => {
  const stopping = new AbortController();
  const ended = accountEnd(
    { kind: 'aws', environment: {} },
    { root: await folderWith(), follow: async () => target, signal: stopping.signal, print: () => {} },
  );
  stopping.abort();
  expect(await ended).toBeUndefined();
});
