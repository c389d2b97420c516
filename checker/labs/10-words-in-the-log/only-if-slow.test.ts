import { expect, test } from 'vitest';
import { printsOnlyIfSlow } from './only-if-slow.ts';

test.each([
  ["const took = Date.now() - at;\nif (took > 2000) console.warn('slow', event);", 'took > 2000', 2000],
  [
    'if (Date.now() - context.requestTimeEpoch > 1_000) {\n  console.log(event);\n}',
    'Date.now() - context.requestTimeEpoch > 1_000',
    1000,
  ],
  ['const late = performance.now() - began;\nlate >= 500 && console.log(event);', 'late >= 500', 500],
  ['let took = new Date().getTime() - at;\nif (1000 < took) process.stdout.write(text);', '1000 < took', 1000],
  ['const SLOW = 3_000;\nif (Date.now() - at > SLOW) console.log(event);', 'Date.now() - at > SLOW', 3000],
  ['if ((Date.now() - at) / 1000 > 1.5) console.log(event);', '(Date.now() - at) / 1000 > 1.5', 1500],
  [
    'if (Date.now() - at > Number(process.env.SLOW)) console.log(event);',
    'Date.now() - at > Number(process.env.SLOW)',
    undefined,
  ],
])('%j prints only if a message is slow', (source, condition, ms) => {
  expect(printsOnlyIfSlow(['', source])).toEqual({ condition, ...(ms === undefined ? {} : { ms }) });
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
