import { saying } from './sayings.ts';

/** How long a text is that is nearly as long as it can be, 4 KB, in bytes. */
export const NEARLY_LONGEST = 3_900;

/** Returns a text that somebody could write in an hour: nearly as long as a message can be. */
export function longSaying(): string {
  let text = saying();
  while (text.length < NEARLY_LONGEST) text += ` ${saying()}`;
  return text;
}
