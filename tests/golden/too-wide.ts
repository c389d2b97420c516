/**
 * Returns the lines that are wider than the given terminal although they could have been broken; a single word that
 * doesn't fit, such as an ARN, stays whole.
 * that doesn't fit, such as an ARN, stays whole.
 */
export function tooWide(lines: readonly string[], columns: number): string[] {
  const gutter = 14;
  return lines.filter((line) => {
    const words = line.trim().split(/ +/);
    const longest = Math.max(...words.map((word) => [...word].length));
    return [...line].length > columns && (words.length > 3 || longest <= columns - gutter);
  });
}
