import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { collection } from '../state/collection.ts';
import { Store } from '../state/store.ts';
import { awsWeather } from './aws.ts';
import { calm } from './weather.ts';

const roles = collection<{ readonly version: number }>('iam/role');
const stages = collection<{ readonly deployment: string }>('apigatewayv2/stage');
const deployments = collection<{ readonly id: string }>('apigatewayv2/deployment');

let folder: string;
let store: Store;
let seconds = 0;

beforeEach(async () => {
  seconds = 0;
  folder = await mkdtemp(join(tmpdir(), 'websocket-lab-weather-'));
  store = await Store.open(join(folder, 'state'));
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

const weather = (seed: number) =>
  awsWeather({ store, clock: { now: () => new Date(seconds * 1000) }, seed, scale: 1, now: () => seconds * 1000 });

test('starts functions one to five seconds late, depending on the seed', () => {
  const waits = (seed: number) => Array.from({ length: 50 }, weather(seed).coldStart);
  for (const wait of waits(1)) {
    expect(wait).toBeGreaterThanOrEqual(1000);
    expect(wait).toBeLessThanOrEqual(5000);
  }
  expect(waits(1)).toEqual(waits(1));
  expect(waits(1)).not.toEqual(waits(2));
});

test('shows every reader the old record, then the new one', async () => {
  await store.commit([roles.put('1/global', 'a', { version: 1 })]);
  const { seenBy } = weather(1);
  await store.commit([roles.put('1/global', 'a', { version: 2 }), roles.put('1/global', 'b', { version: 1 })]);
  const old = seenBy('iam');
  expect(roles.get(old, '1/global', 'a')).toEqual({ version: 1 });
  expect(roles.list(old, '1/global')).toEqual([{ version: 1 }]);
  seconds = 12.5;
  const now = seenBy('iam');
  expect(roles.list(now, '1/global')).toEqual([{ version: 2 }, { version: 1 }]);
});

test('never shows a stage without its deployment', async () => {
  const { seenBy } = weather(1);
  const replicas = Array.from({ length: 10 }, () => ({}));
  for (let second = 0; second < 40; second += 1) {
    seconds = second;
    const id = `d${second}`;
    if (second < 20) {
      await store.commit([deployments.put('1/r', id, { id })]);
      await store.commit([stages.put('1/r', 'prod', { deployment: id })]);
    }
    for (const replica of replicas) {
      const seen = seenBy('execute-api', replica);
      const stage = stages.get(seen, '1/r', 'prod');
      if (stage !== undefined) expect(deployments.get(seen, '1/r', stage.deployment)).toBeDefined();
    }
  }
  expect(stages.get(seenBy('execute-api'), '1/r', 'prod')).toEqual({ deployment: 'd19' });
});

test("without AWS's delays, readers see the store itself", () => {
  expect(calm(store).seenBy('iam')).toBe(store);
  expect(store.onChange).toBeUndefined();
});
