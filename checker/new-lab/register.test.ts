import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { workshopRoot } from '../workshop/root.ts';
import { withLab } from './register.ts';

const registry = await readFile(join(workshopRoot(), 'checker', 'workshop', 'labs.ts'), 'utf8');
const listIn = (text: string) => /const shipped[^;]*;/.exec(text)?.[0] ?? '';
const namesIn = (text: string) => listIn(text).match(/\w+(?=,|\])/g);

test('adds a lab to the registry, in order', () => {
  const text = withLab(registry, { id: '90-example', constant: 'exampleLab' });
  expect(text).toMatch(
    /03-no-auth\/lab\.ts';\n(?:import .*\n)*import \{ exampleLab \} from '\.\.\/labs\/90-example\/lab\.ts';\nimport \{ ownLabs/,
  );
  expect(namesIn(text)).toEqual([...(namesIn(registry) ?? []), 'exampleLab']);
  const without = text.replace(/^import \{ exampleLab.*\n/m, '').replace(listIn(text), '');
  expect(without).toBe(registry.replace(listIn(registry), ''));
});

test('adds a lab between others', () => {
  const text = withLab(withLab(registry, { id: '90-last', constant: 'lastLab' }), {
    id: '80-middle',
    constant: 'middleLab',
  });
  expect(text).toMatch(/80-middle.*\n.*90-last/);
  expect(namesIn(text)).toEqual([...(namesIn(registry) ?? []), 'middleLab', 'lastLab']);
});

test('breaks a list that is too long for a line', () => {
  const more = Array.from({ length: 9 }, (_, index) => `9${index}-a-lab-with-a-name`);
  const text = more.reduce((all, id) => withLab(all, { id, constant: `aLabWithAName${id.slice(0, 2)}` }), registry);
  expect(listIn(text)).toMatch(/= \[\n {2}missingRoute,\n[\s\S]*,\n {2}aLabWithAName98,\n\];$/);
});

test('throws if there is no list to add to', () => {
  expect(() => withLab('export const labs = [];', { id: '90-example', constant: 'exampleLab' })).toThrow(
    'no list of labs',
  );
});
