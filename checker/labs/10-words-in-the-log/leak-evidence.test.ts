import { expect, test } from 'vitest';
import type { Needle } from '../../probe/needles.ts';
import type { Leak } from './found-in-logs.ts';
import { evidenceOf } from './leak-evidence.ts';

const filler = 'm1=2 '.repeat(100);
const name: Needle = { kind: 'name', text: 'quaildstou', called: "Ada's name" };
const said = 'kettlebran morning coffee by the green river stouquail';
const sentence: Needle = { kind: 'word', text: said, called: 'what Ada said', isSentence: true, isWhole: true };

test.each<[string, Needle, Partial<Leak>, string]>([
  ['its first letters', name, { isBegun: true }, 'quaild'],
  ['it in another case', name, {}, 'QuailDstou'],
  ['its letters, spaced', name, {}, 'q-u-a-i-l-d-s-t-o-u'],
  ['it without vowels', sentence, { despite: 'missing vowels' }, said.replaceAll(/[aeiou]/g, '*')],
  ['it with doubled letters', sentence, { despite: 'doubled letters' }, said.replaceAll(/./g, '$&$&')],
])('shows the part of a long line that has %s', (_, needle, how, logged) => {
  const line = `${filler}${logged} ${filler}`;
  const [evidence] = evidenceOf([{ group: 'logs', needle, line, undone: [], ...how }]);
  expect(evidence?.lines).toEqual([expect.stringContaining(logged)]);
  expect(evidence?.lines[0]).toMatch(/^….{240}…$/);
});
