import { mkdtemp, open, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { DamagedStateError } from './damaged-state-error.ts';
import { Store } from './store.ts';
import { UnwritableStateError } from './unwritable-state-error.ts';

it('has every record after a restart, even one with a NUL in its id', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'websocket-lab-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const first = await Store.open(folder);
  const ids = ['plain', 'with\u0000nul', '\u0000', 'with\u0000nul\u0000s'];
  await first.commit(ids.map((id) => ({ scope: 'scope', collection: 'kind', id, value: { id } })));
  const before = first.entries('scope', 'kind');
  await first.close();
  const second = await Store.open(folder);
  expect(second.entries('scope', 'kind')).toEqual(before);
  await second.close();
});

it('writes in the order of the calls, however many run at once', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'websocket-lab-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const first = await Store.open(folder);
  const write = (value: unknown) => ({ scope: 'scope', collection: 'kind', id: 'one', value });
  await Promise.all(
    Array.from({ length: 200 }, (_, n) => (n % 3 ? first.commit : first.jot).call(first, [write({ n })])),
  );
  await first.close();
  const second = await Store.open(folder);
  expect(second.get('scope', 'kind', 'one')).toEqual({ n: 199 });
  await second.close();
});

it('says when everything that was committed is on disk', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'websocket-lab-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const store = await Store.open(folder);
  const write = { scope: 'scope', collection: 'kind', id: 'one', value: {} };
  let isOnDisk = false;
  const committed = store.commit([write]).then(() => {
    isOnDisk = true;
  });
  expect(store.get('scope', 'kind', 'one')).toBeDefined();
  await store.untilCommitted();
  await Promise.resolve();
  expect(isOnDisk).toBe(true);
  await committed;
  await store.untilCommitted();
  await store.close();
  await expect(store.commit([write])).rejects.toThrow(UnwritableStateError);
  await expect(store.untilCommitted()).rejects.toThrow(UnwritableStateError);
});

it('reports lost records even if LevelDB does not', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'websocket-lab-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const first = await Store.open(folder);
  for (let n = 0; n < 50; n += 1) {
    await first.commit([{ scope: 'scope', collection: 'kind', id: `${n}`, value: { text: 'x'.repeat(1000) } }]);
  }
  await first.close();
  const name = (await readdir(folder)).find((file) => file.endsWith('.log')) ?? '';
  const log = await open(join(folder, name), 'r+');
  await log.write(Buffer.alloc(100, 7), 0, 100, 20_000);
  await log.close();
  await expect(Store.open(folder)).rejects.toThrow(DamagedStateError);
  await rm(join(folder, 'CURRENT'));
  await expect(Store.open(folder)).rejects.toThrow(DamagedStateError);
});
