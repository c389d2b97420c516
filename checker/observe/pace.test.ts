import { expect, test } from 'vitest';
import type { Target } from '../aws/target.ts';
import { pace } from './pace.ts';

async function pauses(kind: Target['kind']): Promise<number[]> {
  const target = { kind, clients: {} } as Target;
  const made: number[] = [];
  for (let call = 0; call < 3; call++) await pace(target, async (ms) => made.push(ms));
  return made;
}

test('asks IAM twice a second on AWS, for all callers together', async () => {
  const [first = 0, second = 0, ...more] = await pauses('aws');
  expect(more).toEqual([]);
  expect(first).toBeGreaterThan(0);
  expect(first).toBeLessThanOrEqual(500);
  expect(second).toBeGreaterThan(first);
  expect(second).toBeLessThanOrEqual(1000);
});

test('asks the practice account without delay', async () => {
  expect(await pauses('practice')).toEqual([]);
});
