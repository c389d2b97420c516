import { withoutComments } from '../../probe/source-words.ts';

const NOW = /\b(?:Date|performance)\.now\(\)|\bnew Date\(\)\.getTime\(\)/;
const ASSIGNED = /\b(?:const|let|var)\s+(\w+)\s*=\s*([^;\n]+)/g;
const PRINT = /\b(?:console|logger|log)\.\w+\(|\bstd(?:out|err)\.write\(/;

/** A condition in two levels of parentheses, and its statement or the beginning of its block. */
const IF = /\bif\s*\(((?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\)\s*(\{[^}]*|[^;{}]*)/g;

/** `took > 2000 && console.log(…)` */
const AND = /([^;{}\n&|]*[<>][^;{}\n&|]*)&&([^;{}\n]*)/g;

const LONGEST = 60;

/**
 * Returns the condition under which a handler prints something for slow messages only: `took > 2000`. The checker can't
 * make a message slow: no AWS call delays one invocation.
 */
export function printsOnlyIfSlow(sources: readonly string[]): string | undefined {
  for (const source of sources.map(withoutComments)) {
    const durations = [...source.matchAll(ASSIGNED)].flatMap(([, name = '', value = '']) =>
      isDuration(value) ? name : [],
    );
    const isSlow = (condition: string) =>
      /[<>]/.test(condition) &&
      (isDuration(condition) || durations.some((name) => new RegExp(`\\b${name}\\b`).test(condition)));
    for (const [, condition = '', then = ''] of [...source.matchAll(IF), ...source.matchAll(AND)]) {
      if (isSlow(condition) && PRINT.test(then)) return condition.replace(/\s+/g, ' ').trim().slice(0, LONGEST);
    }
  }
  return undefined;
}

/** Whether an expression subtracts one time from another, one of which is now. */
function isDuration(expression: string): boolean {
  return NOW.test(expression) && expression.includes('-');
}
