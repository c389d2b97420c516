import { fitted } from '../words.ts';

/** Error messages can be long, and are in the log. */
const longestNote = 110;

/** Returns what is said besides, if there is something to say. */
export function note(text: string | undefined): { note?: string } {
  return text === undefined || text === '' ? {} : { note: fitted(text, longestNote) };
}
