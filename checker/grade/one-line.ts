/**
 * Returns a text on one line, with its control and direction characters escaped: `\u001b`. Names and reasons come from
 * strangers, and a terminal would obey them.
 */
export function oneLine(text: string): string {
  return text.replace(
    /[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
