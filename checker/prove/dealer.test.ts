import { expect, test } from 'vitest';
import type { Lab } from '../checking/lab.ts';
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

test('deals what needs a new account first, and what leaves none last', () => {
  const [one, byCli, byHand, other] = tasksOf('a', 4).map((task, n) => {
    const needs = [{}, { byCli: true }, { byHand: [] }, {}][n];
    return { ...task, variant: { ...task.variant, ...needs } };
  });
  const next = dealer([one, byCli, byHand, other].filter((task) => task !== undefined));
  const dealt: Array<Task | undefined> = [];
  for (let task = next(); task !== undefined; task = next(task)) dealt.push(task);
  expect(dealt).toEqual([byCli, other, one, byHand]);
});
