import { expect, test } from 'vitest';
import { rowLimitIn } from './row-limit.ts';

test.each<[string, number | undefined]>([
  ['while (next !== undefined && rows.length < 1000);', 1000],
  ['const MOST = 1_000;\nif (MOST <= rows.length) break;', 1000],
  ['const most: number = 500;\nfor (; next && seen.size < most; ) {}', 500],
  ['if (count >= 200) break;', 200],
  ['return rows.sort(byAge).slice(0, 300);', 300],
  ['const MOST = 5 * 100;\nif (rows.length >= MOST) break;', 500],
  ['if (total === 3e2) break;', 300],
  ['return rows.values().take(400);', 400],
  ['rows.length = 250;', 250],
  ['let left = 500;\ndo {\n  left -= Items.length;\n} while (next && left > 0);', 500],
  ['if (isEnough(rows, 200)) break;', 200],
  ["import { Stack } from 'aws-cdk-lib';\nenvironment: { MOST: '300' }, memorySize: 256", 300],
  ['if (status === 500 || error.$metadata.httpStatusCode === 410) throw error;', undefined],
  ['await new Promise((resolve) => setTimeout(resolve, 200));', undefined],
  ['const retryMs = 250;\nconst scan = { Limit: 500 };', undefined],
  ['rows.length < 200 || rows.length < 400 // or < 900', 400],
  ['while (rows.length < 100);', undefined],
  ['if (rows.length > 20_000) throw new Error();', undefined],
  ['const LONGEST = 40;\nif ([...name].length > LONGEST) return;', undefined],
  ['if (error.$metadata.httpStatusCode >= 500) throw error;', undefined],
  ['if (Date.now() - since > 500) return { statusCode: 200 };', undefined],
])('finds the limit in %j', (source, limit) => {
  expect(rowLimitIn([source])).toBe(limit);
});

test('finds a limit that another file has a name for', () => {
  expect(rowLimitIn(['while (rows.length < MOST_ROWS) {}', 'export const MOST_ROWS = 250;'])).toBe(250);
});
