import { getHeapSpaceStatistics } from 'node:v8';
import { expect, it, onTestFinished } from 'vitest';
import { returnMemoryWhenIdle } from './idle-memory.ts';

const megabytes = () =>
  (getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space')?.space_size ?? 0) / 1024 ** 2;

/** The size that the young generation grows to under load, in megabytes. */
const full = 16;

/** Allocates as a load does, until the young generation has its full size. Returns how many objects it kept. */
function load(): number {
  let kept = 0;
  let survivors: object[] = [];
  for (let index = 0; megabytes() < full && index < 100; index += 1) {
    survivors = Array.from({ length: 50_000 }, (_, number) => ({ text: `${index} ${number}` }));
    kept += survivors.length;
  }
  return kept;
}

it("returns the young generation's memory to the system after each load", async () => {
  onTestFinished(returnMemoryWhenIdle(0));
  const returned = () => expect.poll(megabytes, { timeout: 50_000, interval: 1_000 }).toBeLessThan(full / 2);
  // Other tests in this process may have grown it already; then the loads would allocate nothing.
  await returned();
  for (let time = 0; time < 2; time += 1) {
    expect(load()).toBeGreaterThan(0);
    expect(megabytes()).toBeGreaterThanOrEqual(full);
    await returned();
  }
});
