import { widthOf } from '../../checker/report/width.ts';

/**
 * Returns the lines that somebody sees on a terminal of this size, of all that were printed: a line that is too wide
 * takes several.
 */
export function lastScreen(
  lines: readonly string[],
  { columns, rows }: { readonly columns: number; readonly rows: number },
): string[] {
  let left = rows;
  let from = lines.length;
  while (from > 0) {
    left -= Math.max(1, Math.ceil(widthOf(lines[from - 1] ?? '') / columns));
    if (left < 0) break;
    from -= 1;
  }
  return lines.slice(from);
}
