import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { Store } from './store.ts';

it('has every record again after a restart, also one whose id has a NUL in it', async () => {
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
