import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { workshopRoot } from '../workshop/root.ts';
import { withLab } from './register.ts';

const registry = await readFile(join(workshopRoot(), 'checker', 'workshop', 'labs.ts'), 'utf8');
const lastLine = (text: string) => /const shipped[^;]*;/.exec(text)?.[0];
/** The labs of the registry, however the formatter breaks the list. */
const listed = (text: string) => /= \[([^\]]*)\]/.exec(lastLine(text) ?? '')?.[1]?.match(/\w+/g) ?? [];
const withoutList = (text: string) => text.replace(/const shipped[^;]*;/, '');

test('adds a lab to the registry, in order', () => {
  const text = withLab(registry, { id: '90-example', constant: 'exampleLab' });
  expect(text).toMatch(
    /03-no-auth\/lab\.ts';\n(?:import .*\n)*import \{ exampleLab \} from '\.\.\/labs\/90-example\/lab\.ts';\nimport \{ ownLabs/,
  );
  expect(listed(text)).toEqual([...listed(registry), 'exampleLab']);
  expect(withoutList(text.replace(/^import \{ exampleLab.*\n/m, ''))).toBe(withoutList(registry));
});

test('adds a lab between others', () => {
  const text = withLab(withLab(registry, { id: '90-last', constant: 'lastLab' }), {
    id: '80-middle',
    constant: 'middleLab',
  });
  expect(text).toMatch(/80-middle.*\n.*90-last/);
  expect(listed(text).slice(-2)).toEqual(['middleLab', 'lastLab']);
});

test('breaks a list that is too long for a line', () => {
  const more = Array.from({ length: 9 }, (_, index) => `9${index}-a-lab-with-a-name`);
  const text = more.reduce((all, id) => withLab(all, { id, constant: `aLabWithAName${id.slice(0, 2)}` }), registry);
  expect(lastLine(text)).toMatch(/= \[\n {2}missingRoute,\n[\s\S]*,\n {2}aLabWithAName98,\n\];$/);
});

test('throws if there is no list to add to', () => {
  expect(() => withLab('export const labs = [];', { id: '90-example', constant: 'exampleLab' })).toThrow(
    'no list of labs',
  );
});
