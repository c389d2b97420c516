import { expect, test } from 'vitest';
import type { Fate } from '../../probe/tunnel.ts';
import { names, randomCrowd } from './crowd.ts';

const PAGE = 1024 * 1024;

/** All crowds for small random numbers: sizes and ages aren't varied. */
const crowds = [0, 1, 2, 3, 4, 5, 6, 7].flatMap((seed) =>
  [0, 1, 2].map((place) => {
    let calls = 0;
    return randomCrowd((below) => {
      calls += 1;
      return below === 3 ? place : ((seed >> (calls % 3)) + calls) % below;
    });
  }),
);

/** Divides rows as a scan does, with or without the row that crosses 1 MB. */
function pagesOf(rows: readonly Fate[], crosses: boolean): Fate[][] {
  const pages: Fate[][] = [[]];
  let bytes = 0;
  for (const row of rows) {
    const size = 200 + (row.padding ?? 0);
    const isFull = crosses ? bytes > PAGE : bytes + size > PAGE;
    if (isFull) {
      pages.push([]);
      bytes = 0;
    }
    pages.at(-1)?.push(row);
    bytes += size;
  }
  return pages;
}

test.each([true, false])('fills at least five pages, the last with somebody in the room (crossing: %s)', (crosses) => {
  for (const crowd of crowds) {
    const pages = pagesOf(crowd, crosses);
    expect(pages.length).toBeGreaterThanOrEqual(5);
    expect(pages.at(-1)?.at(-1)).toEqual({ stays: true });
    expect(pages[0]?.[0]?.stays).toBe(true);
    expect(pages.slice(1, -1).some((page) => page.every(({ stays }) => !stays))).toBe(true);
  }
});

test('has four people in the room, on two pages without the stale rows', () => {
  for (const crowd of crowds) {
    const staying = crowd.filter(({ stays }) => stays);
    expect(staying).toHaveLength(4);
    for (const crosses of [true, false]) {
      const pages = pagesOf(staying, crosses);
      expect(pages).toHaveLength(2);
      expect(pages[1]?.at(-1)).toBe(crowd.at(-1));
    }
  }
});

test('has a name for everyone', () => {
  for (const crowd of crowds) expect(crowd).toHaveLength(14);
  expect(new Set(names).size).toBe(14);
});
