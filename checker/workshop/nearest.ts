/**
 * Returns the candidate that is most like a word; undefined if none is so close that a typo explains the difference.
 */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const [best] = candidates
    .map((candidate) => ({ candidate, edits: edits(word, candidate) }))
    .sort((one, other) => one.edits - other.edits);
  if (best === undefined) return undefined;
  // With more wrong letters, the suggestion would be a wild guess.
  const most = Math.min(3, Math.floor(Math.max(word.length, best.candidate.length) / 3));
  return best.edits <= most ? best.candidate : undefined;
}

/** Returns the edit distance of two texts, in which two exchanged neighbors count once (Damerau and Levenshtein). */
function edits(from: string, to: string): number {
  let [before, row]: [number[], number[]] = [[], Array.from({ length: to.length + 1 }, (_, column) => column)];
  for (const [index, letter] of [...from].entries()) {
    const next = [index + 1];
    for (let column = 1; column <= to.length; column += 1) {
      const changed = (row[column - 1] ?? 0) + (letter === to[column - 1] ? 0 : 1);
      const isExchanged = index > 0 && letter === to[column - 2] && from[index - 1] === to[column - 1];
      const exchanged = isExchanged ? (before[column - 2] ?? 0) + 1 : changed;
      next.push(Math.min(changed, exchanged, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    [before, row] = [row, next];
  }
  return row.at(-1) ?? 0;
}
