import { expect, test } from 'vitest';
import type { Fate } from '../../probe/tunnel.ts';
import { farFor, pagesFor, randomCrowd, tabs, userOf } from './crowd.ts';

const PAGE = 1024 * 1024;

/** All crowds for small random numbers: sizes and ages aren't varied. */
const crowds = crowdsOf(5);

function crowdsOf(pages: number): Fate[][] {
  return [0, 1, 2, 3, 4, 5, 6, 7].flatMap((seed) =>
    Array.from({ length: pages - 2 }, (_, place) => {
      let calls = 0;
      return randomCrowd(pages, (below) => {
        calls += 1;
        return below === pages - 2 ? place : ((seed >> (calls % 3)) + calls) % below;
      });
    }),
  );
}

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

test.each([
  [5, true],
  [5, false],
  [8, true],
  [8, false],
])('fills at least %i pages, the last with somebody in the room (crossing: %s)', (wanted, crosses) => {
  for (const crowd of crowdsOf(wanted)) {
    const pages = pagesOf(crowd, crosses);
    expect(pages.length).toBeGreaterThanOrEqual(wanted);
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

test('a crowd is no larger than a visit can be', () => {
  for (const crowd of crowds) expect(crowd).toHaveLength(14);
  for (const crowd of crowdsOf(13)) expect(crowd).toHaveLength(38);
});

const stack = "import { App } from 'aws-cdk-lib';\n";

test.each([
  ['do not count', 5, ['const LANES = 50; // 10 at once\nconst page1 = 0.5 + 30_000;', "Version: '2012-10-17'"]],
  ['count to two, which five pages show', 5, ['while (pages++ <= 2)']],
  ['count to three after the first two', 6, ['while (pages++ <= 3)']],
  ['count to five elsewhere', 8, ['const LANES = 50;', 'export const MOST_PAGES = 5;', 'const few = 4;']],
  ['count to six, which would take too long', 5, ['while (next !== undefined && pages < 6)']],
  ['count as far as their environment says', 7, [`${stack}const all = { PAGES: '4' };`]],
  ['count as far as a number in their environment says', 7, [`${stack}const all = { PAGES: String(4) };`]],
  ['have a stack with other numbers', 5, [`${stack}Duration.seconds(10)`]],
  ['have a stack in another style', 5, ['import { App } from "aws-cdk-lib";\nDuration.seconds(10)']],
])('a table has more pages than handlers read that %s', (_, pages, sources) => {
  expect(pagesFor(sources)).toBe(pages);
});

test('there are fewer users than connections that stay, so somebody is in the room in two tabs', () => {
  for (const crowd of crowds) {
    const labels = tabs(crowd.length);
    expect(new Set(labels).size).toBe(crowd.length);
    expect(new Set(labels.map(userOf)).size).toBeLessThan(crowd.filter(({ stays }) => stays).length);
  }
  expect(tabs(5)).toEqual(['Ada', 'Grace', 'Linus', "Ada's tab 2", "Grace's tab 2"]);
});

test.each<[string, number]>([
  ['while (start !== undefined && ++pages < 100)', 100],
  ['while (start !== undefined && rows.length < 40)', 40],
  ['inParallel(rows, 50, post)', 40],
  ['while (start !== undefined && rows.length < 1000)', 40],
  ["import { Stack } from 'aws-cdk-lib'; stage.throttle({ rateLimit: 100 })", 40],
])('puts somebody behind as many rows as %s could read', (source, far) => {
  expect(farFor([source])).toBe(far);
});
