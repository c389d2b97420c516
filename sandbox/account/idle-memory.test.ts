import { getHeapSpaceStatistics } from 'node:v8';
import { expect, it, onTestFinished } from 'vitest';
import { returnMemoryWhenIdle } from './idle-memory.ts';

const megabytes = () =>
  (getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space')?.space_size ?? 0) / 1024 ** 2;

/** Allocates as a load does, until the young generation has its full size. */
function load(): void {
  const survivors: object[][] = [];
  for (let index = 0; megabytes() < 16 && index < 100; index += 1) {
    survivors[0] = Array.from({ length: 50_000 }, (_, number) => ({ text: `${index} ${number}` }));
  }
}

it('gives the young generation that a load has grown back to the system, after each load', async () => {
  onTestFinished(returnMemoryWhenIdle());
  for (let time = 0; time < 2; time += 1) {
    load();
    expect(megabytes()).toBeGreaterThanOrEqual(16);
    await expect.poll(megabytes, { timeout: 30_000, interval: 200 }).toBeLessThan(8);
  }
});
