import { expect, it, onTestFinished } from 'vitest';
import { startTestAccount } from '../../account.ts';
import { functionsOf, makeRole } from './functions.ts';

const source = `
async function* pages() { yield 1; yield Promise.resolve(2); }
const { promise, resolve } = Promise.withResolvers();
const [a, b] = [new Set([1, 2]), new Set([2, 3])];
export const handler = async () => ({
  fromAsync: [
    await Array.fromAsync(pages(), async (page, index) => [page, index]),
    await Array.fromAsync([Promise.resolve(1)]),
    await Array.fromAsync({ length: 1, 0: Promise.resolve(1) }),
  ],
  withResolvers: (resolve('later'), await promise),
  try: [await Promise.try((x) => x, 1), await Promise.try(() => { throw new Error('thrown'); }).catch(({ message }) => message)],
  groupBy: [Object.groupBy([1, 2, 3], (x) => (x % 2 ? 'odd' : 'even')), [...Map.groupBy([1, 2, 3], (x) => x % 2)]],
  sets: [a.union(b), a.intersection(b), a.difference(b), a.symmetricDifference(b)].map((set) => [...set]),
  noSet: (() => { try { return [...a.union([1])]; } catch ({ name }) { return name; } })(),
  sameKey: Object.groupBy([1, '1'], (x) => x),
  relations: [a.isSubsetOf(b), a.isSupersetOf(new Set([1])), a.isDisjointFrom(new Map([[3, 0]]))],
  iterators: [
    a.values().map((x) => x + 1).filter((x) => x > 2).toArray(),
    [1, 2, 3].values().drop(1).take(1).toArray(),
    [1, 2].values().flatMap((x) => [x, x]).toArray(),
    [1, 2].values().reduce((sum, x) => sum + x),
    [1, 2].values().reduce((sum, x) => sum + x, 10),
    [[1, 2].values().some((x) => x > 1), [1, 2].values().every((x) => x > 1), [1, 2].values().find((x) => x > 1)],
  ],
  names: Object.keys(Array.prototype).length + Object.keys(Promise).length,
});`;

it('gives a function what its runtime has, if the running Node.js is older', async () => {
  const account = await startTestAccount();
  onTestFinished(() => account.close());
  const functions = functionsOf(account, await makeRole(account));
  await functions.create('modern', { 'index.mjs': source }, { Runtime: 'nodejs24.x' });
  expect((await functions.invoke('modern')).result).toEqual({
    fromAsync: [
      [
        [1, 0],
        [2, 1],
      ],
      [1],
      [1],
    ],
    withResolvers: 'later',
    try: [1, 'thrown'],
    groupBy: [
      { odd: [1, 3], even: [2] },
      [
        [1, [1, 3]],
        [0, [2]],
      ],
    ],
    sets: [[1, 2, 3], [2], [1], [1, 3]],
    noSet: 'TypeError',
    sameKey: { 1: [1, '1'] },
    relations: [false, true, true],
    iterators: [[3], [2], [1, 1, 2, 2], 3, 13, [true, false, 2]],
    names: 0,
  });
});

it('gives a function no more than its runtime has', async () => {
  const account = await startTestAccount();
  onTestFinished(() => account.close());
  const functions = functionsOf(account, await makeRole(account));
  await functions.create(
    'older',
    { 'index.mjs': 'export const handler = async () => typeof Array.fromAsync;' },
    { Runtime: 'nodejs20.x' },
  );
  const isNewer = Number(process.versions.node.split('.')[0]) >= 22;
  expect((await functions.invoke('older')).result).toBe(isNewer ? 'function' : 'undefined');
});
