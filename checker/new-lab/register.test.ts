import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { workshopRoot } from '../workshop/root.ts';
import { withLab } from './register.ts';

/** A registry whose list fits on a line. */
const registry = `import type { Lab } from '../checking/lab.ts';
import { missingRoute } from '../labs/01-missing-route/lab.ts';
import { noAuth } from '../labs/03-no-auth/lab.ts';
import { ownLabs } from './own-labs/load.ts';

const shipped: readonly Lab[] = [missingRoute, noAuth];

export const labs: readonly Lab[] = [...shipped, ...(await ownLabs(shipped))];
`;
const lastLine = (text: string) => /const shipped[^;]*;/.exec(text)?.[0];

test('adds a lab to the registry, in order', () => {
  const text = withLab(registry, { id: '90-example', constant: 'exampleLab' });
  expect(text).toMatch(
    /03-no-auth\/lab\.ts';\n(?:import .*\n)*import \{ exampleLab \} from '\.\.\/labs\/90-example\/lab\.ts';\nimport \{ ownLabs/,
  );
  expect(lastLine(text)).toMatch(/, exampleLab\];$/);
  expect(text.replace(/^import \{ exampleLab.*\n/m, '').replace(', exampleLab', '')).toBe(registry);
});

test('reads the registry as it is', async () => {
  const written = await readFile(join(workshopRoot(), 'checker', 'workshop', 'labs.ts'), 'utf8');
  const text = withLab(written, { id: '90-example', constant: 'exampleLab' });
  expect(text).toContain("import { exampleLab } from '../labs/90-example/lab.ts';\nimport { ownLabs");
  expect(lastLine(text)).toMatch(/[, ] exampleLab,?\n?\];$/);
});

test('adds a lab between others', () => {
  const text = withLab(withLab(registry, { id: '90-last', constant: 'lastLab' }), {
    id: '80-middle',
    constant: 'middleLab',
  });
  expect(text).toMatch(/80-middle.*\n.*90-last/);
  expect(lastLine(text)).toMatch(/, middleLab, lastLab\];$/);
});

test('breaks a list that is too long for one line', () => {
  const more = Array.from({ length: 9 }, (_, index) => `9${index}-a-lab-with-a-name`);
  const text = more.reduce((all, id) => withLab(all, { id, constant: `aLabWithAName${id.slice(0, 2)}` }), registry);
  expect(lastLine(text)).toMatch(/= \[\n {2}missingRoute,\n[\s\S]*,\n {2}aLabWithAName98,\n\];$/);
});

test('throws if there is no list to add to', () => {
  expect(() => withLab('export const labs = [];', { id: '90-example', constant: 'exampleLab' })).toThrow(
    'no list of labs',
  );
});
