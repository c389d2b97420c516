import { expect, test } from 'vitest';
import type { KeyContext } from '../watch/watch.ts';
import { startKeys } from './key-actions.ts';

test('? lists each key of the footer, which a narrow terminal cuts off', async () => {
  const lines: string[] = [];
  const print = (line: string) => void lines.push(line);
  await startKeys.actions({ program: { print } } as unknown as KeyContext)('?');
  const listed = lines.map((line) => line.trim().split(' ')[0]);
  for (const key of startKeys.footer.map((part) => part[0])) expect(['?', ...listed]).toContain(key);
});
