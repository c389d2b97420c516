import { saying } from './sayings.ts';
import { madeUp } from './visitor-name.ts';

/** How long a text is that is nearly as long as it can be, 4 KB, in bytes. */
export const NEARLY_LONGEST = 3_900;

/** Returns a text that somebody could write in an hour: nearly as long as a message can be. */
export function longSaying(): string {
  let text = saying();
  while (text.length < NEARLY_LONGEST) text += ` ${saying()}`;
  return text;
}

/** Returns a text that begins with these words, and is nearly as long as a text can be. */
export function longText(words: string): string {
  let text = words;
  for (;;) {
    // Short words: longer ones could be read as an encoding of something.
    const longer = `${text} ${madeUp(2).slice(0, 8)}`;
    if (Buffer.byteLength(longer) > NEARLY_LONGEST) return text;
    text = longer;
  }
}
