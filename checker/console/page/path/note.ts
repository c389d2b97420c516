import { fitted } from '../words.ts';

/** Error messages can be long, and are in the log. */
const longestNote = 110;

/** Returns a note, if there is something to add. */
export function note(text: string | undefined): { note?: string } {
  return text === undefined || text === '' ? {} : { note: fitted(text, longestNote) };
}
