import { expect, test } from 'vitest';
import { ownCodeIn } from './own-lines.ts';

test("a bundle's own code is what isn't from packages", () => {
  const bundle = [
    '"use strict";',
    '// app/functions/room.ts',
    'var table = "own";',
    '',
    '// ../../node_modules/some/index.js',
    '// index.js is one of its comments',
    'var example = "foreign";',
    '',
    '// app/functions/send-message.ts',
    'var key = "own, too";',
  ].join('\n');
  expect(ownCodeIn(bundle)).toMatch(/own";[\s\S]*own, too/);
  expect(ownCodeIn(bundle)).not.toContain('foreign');
  expect(ownCodeIn('var a="minified";')).toBe('var a="minified";');
});
