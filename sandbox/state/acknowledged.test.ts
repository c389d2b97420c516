import { cp, mkdtemp, readdir, readFile, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClassicLevel } from 'classic-level';
import { beforeAll, expect, it, onTestFinished } from 'vitest';
import { Acknowledged } from './acknowledged.ts';
import { DamagedStateError } from './damaged-state-error.ts';

let database: string;
const changes = 3000;
const inBatches = { synced: true };

// A database with everything that LevelDB creates: a table with compressed blocks and a filter, and a log.
beforeAll(async () => {
  database = await mkdtemp(join(tmpdir(), 'websocket-lab-'));
  for (let run = 0; run < 3; run += 1) {
    const acknowledged = await Acknowledged.check(database, inBatches);
    const level = new ClassicLevel(database, { writeBufferSize: 65_536 });
    for (let batch = 0; batch < changes / 30; batch += 1) {
      // Leaves LevelDB with nothing to do in the background, so every file is still needed.
      if (batch === changes / 30 - 10) await level.compactRange('', '~');
      const keys = Array.from({ length: 10 }, (_, index) => `key ${(run * 7919 + batch * 31 + index * 17) % 5000}`);
      await level.batch(keys.map((key) => ({ type: 'put', key, value: `${key} is here `.repeat(20) })));
      acknowledged.add(10);
    }
    await level.close();
    acknowledged.close();
  }
  return () => rm(database, { recursive: true });
});

async function copy(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'websocket-lab-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await cp(database, folder, { recursive: true });
  return folder;
}

it('finds a complete database complete, with all its changes', async () => {
  const folder = await copy();
  expect((await readdir(folder)).filter((name) => name.endsWith('.ldb')).length).toBeGreaterThan(0);
  const acknowledged = await Acknowledged.check(folder, inBatches);
  acknowledged.add(0);
  acknowledged.close();
  expect(Number((await readFile(join(folder, 'acknowledged'), 'utf8')).split(' ')[0])).toBe(changes);
});

it('reports a changed byte, wherever it is', async () => {
  const folder = await copy();
  const unnoticed: string[] = [];
  for (const name of await readdir(folder)) {
    if (/^LO(G|CK)/.test(name)) continue;
    const path = join(folder, name);
    const whole = await readFile(path);
    if (whole.length === 0) continue;
    for (let part = 0; part < 12; part += 1) {
      const at = Math.floor((whole.length * part) / 12);
      const damaged = Buffer.from(whole);
      damaged.writeUInt8(whole.readUInt8(at) ^ 0x04, at);
      await writeFile(path, damaged);
      const found = await Acknowledged.check(folder, inBatches).catch((error: unknown) => error);
      if (!(found instanceof DamagedStateError)) unnoticed.push(`${name} at ${at} of ${whole.length}`);
    }
    await writeFile(path, whole);
  }
  expect(unnoticed).toEqual([]);
});

it('reports a missing or truncated file', async () => {
  const unnoticed: string[] = [];
  for (const name of await readdir(database)) {
    if (/^(LOG.*|LOCK|acknowledged)$/.test(name)) continue;
    const { size } = await stat(join(database, name));
    for (const damage of [rm, (path: string) => truncate(path, size - 1), (path: string) => truncate(path, 0)]) {
      const folder = await copy();
      await damage(join(folder, name));
      const found = await Acknowledged.check(folder, inBatches).catch((error: unknown) => error);
      if (!(found instanceof DamagedStateError)) unnoticed.push(`${name} of ${size}`);
    }
  }
  expect(unnoticed).toEqual([]);
});

it('accepts the loss of unacknowledged writes, and a database of an earlier version as it is', async () => {
  const folder = await copy();
  const log = (await readdir(folder)).find((name) => name.endsWith('.log')) ?? '';
  const acknowledged = await readFile(join(folder, 'acknowledged'));
  const level = new ClassicLevel(folder);
  await level.put('more', 'x'.repeat(50));
  await level.close();
  const newest = (await readdir(folder)).filter((name) => name.endsWith('.log')).at(-1) ?? log;
  await truncate(join(folder, newest), (await stat(join(folder, newest))).size - 3);
  await writeFile(join(folder, 'acknowledged'), acknowledged);
  (await Acknowledged.check(folder, inBatches)).close();
  await rm(join(folder, 'acknowledged'));
  (await Acknowledged.check(folder, inBatches)).close();
});

it('does not report unsynced changes after the machine was restarted', async () => {
  const folder = await copy();
  for (const name of await readdir(folder)) if (name.endsWith('.log')) await truncate(join(folder, name), 0);
  const unsynced = { synced: false };
  await expect(Acknowledged.check(folder, unsynced)).rejects.toThrow(
    /^The last \d+ acknowledged changes of .* are missing/,
  );
  await utimes(join(folder, 'acknowledged'), new Date(0), new Date(0));
  (await Acknowledged.check(folder, unsynced)).close();
  await expect(Acknowledged.check(folder, inBatches)).rejects.toThrow(DamagedStateError);
});
