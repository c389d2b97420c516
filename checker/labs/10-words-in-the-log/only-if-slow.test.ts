import { expect, test } from 'vitest';
import { printsOnlyIfSlow } from './only-if-slow.ts';

test.each([
  ["const took = Date.now() - at;\nif (took > 2000) console.warn('slow', event);", 'took > 2000'],
  [
    'if (Date.now() - context.requestTimeEpoch > 1_000) {\n  console.log(event);\n}',
    'Date.now() - context.requestTimeEpoch > 1_000',
  ],
  ['const late = performance.now() - began;\nlate >= 500 && console.log(event);', 'late >= 500'],
  ['let took = new Date().getTime() - at;\nif (1000 < took) process.stdout.write(text);', '1000 < took'],
])('%j prints only if a message is slow', (source, condition) => {
  expect(printsOnlyIfSlow(['', source])).toBe(condition);
});

test.each([
  'const took = Date.now() - at;\nconsole.log(took);',
  'const took = Date.now() - at;\nif (took > 2000) return retry();\nconsole.log(id);',
  '// if (Date.now() - at > 1000) console.log(event);',
  'if (text.length > 1000) console.log(text.length);',
  'return Date.now() - Number(connectedAt?.N ?? 0) < 30_000;',
])('%j does not', (source) => {
  expect(printsOnlyIfSlow([source])).toBeUndefined();
});
