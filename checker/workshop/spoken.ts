/** Returns somebody's words in quotes; quotes within them become single ones. */
export function spoken(words: string): string {
  return `“${words.replace(/"([^"]*)"/g, '‘$1’')}”`;
}
