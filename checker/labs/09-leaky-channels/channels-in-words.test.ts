import { expect, test } from 'vitest';
import { wordsCompared } from './channels-in-words.ts';

test('finds words that can be a channel or a part of a name, the first ones only', () => {
  const code = `
    if (row.channel?.S === 'moderators' || row.name?.S?.startsWith('admin-')) return true;
    if (channel === 'general' || text === 'let me in' || text === '/join' || size > 7) return false;
    return ['one', 'two', 'three'].includes(channel);`;
  expect(wordsCompared([code])).toEqual(['moderators', 'admin-', 'one', 'two']);
});
