import { expect, test } from 'vitest';
import type { Lab } from '../checking/check.ts';
import { dealer, type Task } from './dealer.ts';

const tasksOf = (id: string, count: number): Task[] => {
  const lab = { id } as Lab;
  return Array.from({ length: count }, (_, n) => ({ lab, variant: { name: `${id}${n}` } }) as Task);
};

test('a lane stays with its lab, then moves to the lab with the most tasks left', () => {
  const next = dealer([...tasksOf('a', 4), ...tasksOf('b', 2)]);
  const lanes: Array<Task | undefined> = [undefined, undefined];
  const dealt = ['', ''];
  for (let turn = 0; turn < 4; turn += 1) {
    for (const lane of lanes.keys()) {
      lanes[lane] = next(lanes[lane]);
      dealt[lane] += `${lanes[lane]?.variant.name ?? '-'} `;
    }
  }
  expect(dealt).toEqual(['b1 b0 a1 - ', 'a3 a2 a0 - ']);
});
