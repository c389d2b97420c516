import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { callsItsParameter } from './calls-its-parameter.ts';

const root = mkdtempSync(join(tmpdir(), 'calls-its-parameter-'));
afterAll(() => rmSync(root, { recursive: true }));

writeFileSync(
  join(root, 'send.ts'),
  `async function allRows(read: (next?: Row) => Promise<Page>): Promise<Row[]> {
  const { Items = [] } = await read(next);
  return Items.map(nameOf(sender));
}
const repeat = async (run) => {
  for (;;) await run();
};
`,
);

test.each([
  ['the call of a parameter', 'async allRows (send.ts:2:26)', true],
  ['the call of an arrow function', 'async repeat (send.ts:6:12)', true],
  ['another call', 'allRows (send.ts:3:20)', false],
  ['another function', 'async handler (send.ts:2:26)', false],
  ['a file that is gone', 'async allRows (gone.ts:2:26)', false],
  ['a bundle', 'async allRows (/var/task/index.js:2:26)', false],
])('%s', (_, frame, expected) => {
  expect(callsItsParameter(root, `    at ${frame}`)).toBe(expected);
});
