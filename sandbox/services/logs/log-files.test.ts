import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { randomIds } from '../../calls/ids.ts';
import { Store } from '../../state/store.ts';
import { LogFiles } from './log-files.ts';

const place = { accountId: '111122223333', region: 'us-east-1' };

it('says once that events cannot be written, throws nothing, and continues when they can', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'websocket-lab-'));
  const store = await Store.open(join(folder, 'state'));
  onTestFinished(async () => {
    await store.close();
    await rm(folder, { recursive: true });
  });
  const root = join(folder, 'logs');
  await writeFile(root, 'no folder');
  const said: string[] = [];
  const world = { store, clock: { now: () => new Date(0) }, ids: randomIds, say: (text: string) => said.push(text) };
  const logs = new LogFiles(root, world);
  for (const message of ['one', 'two', 'three']) logs.write(place, 'group', 'stream', [{ timestamp: 0, message }]);
  expect(said).toHaveLength(1);
  expect(said[0]).toMatch(/^Log events couldn't be written: .*ENOTDIR|EEXIST/);

  await rm(root);
  logs.write(place, 'group', 'stream', [{ timestamp: 0, message: 'four' }]);
  logs.close();
  expect(said).toHaveLength(1);
});
