import { letter, saying } from './sayings.ts';
import { madeUp } from './visitor-name.ts';

/** How long a text can be, in bytes. */
export const LONGEST = 4096;

/** Returns a text that somebody could write in an hour: as long as a message can be. */
export function longSaying(): string {
  let text = saying();
  while (text.length < LONGEST) text += ` ${saying()}`;
  // A room may remove spaces at the end.
  return text.slice(0, LONGEST).replace(/ $/, letter);
}

/** Returns a text that begins with these words, and is as long as a text can be. */
export function longText(words: string): string {
  let text = words;
  for (;;) {
    const left = LONGEST - Buffer.byteLength(text);
    if (left <= 0) return text;
    // Short words: longer ones could be read as an encoding of something.
    text += left === 1 ? letter() : ` ${madeUp(2).slice(0, Math.min(8, left - 1))}`;
  }
}
