/**
 * Draws progress in at most `width` characters: `[████████░░░░░░░░░░░░░░░░] `. The number is printed beside it, in
 * words.
 */
export function bar(done: number, of: number, width: number): string {
  const inside = Math.max(1, width - 2);
  const full = of === 0 ? 0 : Math.floor((inside * Math.min(done, of)) / of);
  return `[${'█'.repeat(full)}${'░'.repeat(inside - full)}]`;
}
