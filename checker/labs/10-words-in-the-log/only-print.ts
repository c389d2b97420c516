import { withoutComments } from '../../probe/source-words.ts';

/** A call that prints something to a function's log. */
export const PRINT = /\b(?:console|logger|log)\.\w+\(|\bstd(?:out|err)\.write\(|\bwriteSync\(/;

const POSTS = /postToConnection/i;

/**
 * Returns the line that prints in the handlers that post messages, if there is only one: whatever they log, it printed.
 */
export function onlyPrintIn(sources: readonly string[]): string | undefined {
  const lines = sources
    .filter((source) => POSTS.test(source))
    .flatMap((source) => withoutComments(source).split('\n'))
    .filter((line) => PRINT.test(line));
  return lines.length === 1 ? lines[0]?.trim() : undefined;
}
