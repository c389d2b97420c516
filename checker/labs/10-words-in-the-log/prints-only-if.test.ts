import { expect, test } from 'vitest';
import { printsOnlyIf } from './prints-only-if.ts';

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
  expect(printsOnlyIf(['', source])).toEqual({ condition, ms });
});

test.each([
  ['if (Math.random() < 0.01) console.log(event);', 'Math.random() < 0.01'],
  ['if (hash % 100 === 0) {\n  console.log(event);\n}', 'hash % 100 === 0'],
  ['sum % MANY === 0 && console.log(event);', 'sum % MANY === 0'],
])('%j prints only for some messages', (source, condition) => {
  expect(printsOnlyIf([source])).toEqual({ condition });
});

test('prefers slow messages, which the checker can send', () => {
  const slow = 'if (Date.now() - at > 900) console.log(event);';
  expect(printsOnlyIf(['if (Math.random() < 0.1) console.log(event);', slow])).toMatchObject({ ms: 900 });
});

test.each([
  'const took = Date.now() - at;\nconsole.log(took);',
  'const took = Date.now() - at;\nif (took > 2000) return retry();\nconsole.log(id);',
  '// if (Date.now() - at > 1000) console.log(event);',
  'if (text.length > 1000) console.log(text.length);',
  'return Date.now() - Number(connectedAt?.N ?? 0) < 30_000;',
])('%j does not', (source) => {
  expect(printsOnlyIf([source])).toBeUndefined();
});
