/** A line that belongs to the one before it: a stack frame, a field of an object, the end of one. */
const CONTINUES = /^(?:\s|[}\])])/;

/**
 * Returns the newest log lines, at most this many, oldest first. They never begin in the middle of something, such as
 * an error with its stack: that is cut at its end, because it begins with what matters. If a process that crashes
 * prints an error, each of its lines is an event.
 */
export function newestLines(lines: readonly string[], most: number): string[] {
  const entries: string[][] = [];
  for (const line of lines) {
    const last = entries.at(-1);
    if (last !== undefined && CONTINUES.test(line)) last.push(line);
    else entries.push([line]);
  }
  let newest: string[] = [];
  for (const entry of entries.reverse()) newest = [...entry.slice(0, most - newest.length), ...newest];
  return newest;
}
