import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { labs } from '../../checker/workshop/labs.ts';
import { webFolder } from './web-folder.ts';

test('the page states the password rule of every lab’s user pool up front', async () => {
  const page = await readFile(join(webFolder, 'index.html'), 'utf8');
  for (const form of ['sign-up', 'reset']) {
    expect(page).toMatch(new RegExp(`aria-describedby="${form}-password-hint `));
    const [, stated] = new RegExp(`id="${form}-password-hint"[^>]*>At least (\\d+) characters`).exec(page) ?? [];
    for (const { id } of labs) {
      for (const folder of ['labs', 'solutions']) {
        const stack = await readFile(join(webFolder, '../..', folder, id, 'stack.ts'), 'utf8');
        const [, policy] = /passwordPolicy: \{([^}]*)\}/.exec(stack) ?? [];
        if (policy === undefined) continue;
        expect(policy).toContain(`minLength: ${stated},`);
        expect(policy).not.toMatch(/require\w+: true/);
      }
    }
  }
});
