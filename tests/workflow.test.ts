import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const workflow = readFileSync(join(root, '.github', 'workflows', 'ci.yml'), 'utf8');

test('runs actions pinned to a commit, which nobody can move like a tag', () => {
  const actions = workflow.split('\n').filter((line) => /\buses:/.test(line));
  expect(actions.length).toBeGreaterThan(0);
  for (const line of actions) expect(line).toMatch(/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
});

test('may read the repository and nothing else', () => {
  expect(workflow).toMatch(/^permissions:\n {2}contents: read\n(?! )/m);
  expect(workflow.match(/permissions:/g)).toHaveLength(1);
  const checkouts = workflow.match(/actions\/checkout@.*\n.*\n.*/g) ?? [];
  for (const checkout of checkouts) expect(checkout).toContain('persist-credentials: false');
});
