/** A position in a policy's text, both from 1. */
export interface Position {
  readonly Line: number;
  readonly Column: number;
}

/** Where a statement is: it ends before `end`. */
export interface Extent {
  readonly start: Position;
  readonly end: Position;
}

/**
 * Returns the position of each statement in a policy's text, in order. In a list, a statement begins right after the
 * bracket or comma before it, as in the responses of AWS's policy simulator. Nothing if it isn't JSON.
 */
export function statementPositions(text: string): readonly Extent[] {
  const places = new Places(text);
  const extents: Extent[] = [];
  /** The open brackets, the innermost last. */
  const open: Array<{ readonly sign: string; readonly start: number }> = [];
  let name: string | undefined;
  let statements = -1;
  let begin = 0;
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],:]/g)) {
    const depth = open.length;
    if (token.startsWith('"')) {
      if (depth === 1) name = token;
    } else if (token === '{' || token === '[') {
      const isStatement = depth === 1 && name === '"Statement"';
      if (isStatement && token === '[') [statements, begin] = [2, index + 1];
      if (isStatement && token === '{') [statements, begin] = [1, index];
      open.push({ sign: token, start: index });
    } else if (token === '}' || token === ']') {
      open.pop();
      const isEnd = token === '}' && open.length === statements;
      if (isEnd) extents.push({ start: places.of(begin), end: places.of(index + 1) });
      if (open.length < 2) [statements, name] = [-1, undefined];
    } else if (token === ',') {
      if (depth === statements) begin = index + 1;
      if (depth === 1) name = undefined;
    }
  }
  return extents;
}

class Places {
  readonly #lines: readonly number[];

  constructor(text: string) {
    this.#lines = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  }

  of(offset: number): Position {
    const Line = this.#lines.filter((start) => start <= offset).length;
    return { Line, Column: offset - (this.#lines[Line - 1] ?? 0) + 1 };
  }
}
