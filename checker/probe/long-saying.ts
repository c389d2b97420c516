import { saying } from './sayings.ts';

/** How long such a text is at least, in bytes: a message can have 4 KB. */
const LENGTH = 3_900;

/** Returns a text that somebody could write in an hour: nearly as long as a message can be. */
export function longSaying(): string {
  let text = saying();
  while (text.length < LENGTH) text += ` ${saying()}`;
  return text;
}
