import { expect, test } from 'vitest';
import { SECOND_TAB } from '../probe/speak.ts';
import type { Trouble } from '../probe/trouble.ts';
import { whatIsWrong } from './what-is-wrong.ts';

/** Says what is wrong with a conversation in which everyone got the first message. */
function wrongWith(trouble: Trouble): string | undefined {
  const heard = { speaker: 1, listener: 1 };
  return whatIsWrong({ reply: { kind: 'message' }, heard, counted: true, trouble, conversation: [] })?.actual;
}

test('names the tab that missed a message', () => {
  expect(wrongWith({ kind: 'missed', who: SECOND_TAB, speaker: 'Grace', again: false })).toBe(
    "Everyone got Ada's message, but Ada's second tab, which connected later, didn't get Grace's next one.",
  );
});

test.each([
  ['cut', 'night owl', 'night', 'only the first 5 of 9 characters.'],
  ['empty', 'night owl', '', 'only the first 0 of 9 characters.'],
  ['escaped', 'a <b>', 'a &lt;b>', '"a &lt;b>" instead of "a <b>".'],
  ['longer', 'night', 'night!', '"night!" instead of "night".'],
  [
    'different near its end',
    `${'night '.repeat(600)}é${' owl'.repeat(90)}`,
    `${'night '.repeat(600)}?${' owl'.repeat(90)}`,
    `"…${'night '.repeat(5)}?${' owl'.repeat(7)} …" instead of "…${'night '.repeat(5)}é${' owl'.repeat(7)} …".`,
  ],
])('shows how a text differs, but not all of it: %s', (_, sent, text, shown) => {
  const trouble = { kind: 'altered', who: 'Ada', speaker: 'Grace', sent, text } as const;
  expect(wrongWith(trouble)).toBe(`Grace sent a message, and Ada got a different text: ${shown}`);
});
