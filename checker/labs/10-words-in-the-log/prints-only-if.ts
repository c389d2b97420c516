import { withoutComments } from '../../probe/source-words.ts';
import { PRINT } from './only-print.ts';

const NOW = /\b(?:Date|performance)\.now\(\)|\bnew Date\(\)\.getTime\(\)/;
const ASSIGNED = /\b(?:const|let|var)\s+(\w+)\s*=\s*([^;\n]+)/g;

/** A condition in two levels of parentheses, and its statement or the beginning of its block. */
const IF = /\bif\s*\(((?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\)\s*(\{[^}]*|[^;{}]*)/g;

/** `took > 2000 && console.log(…)` */
const AND = /([^;{}\n&|]*[<>=][^;{}\n&|]*)&&([^;{}\n]*)/g;

/** A sample: `Math.random() < 0.01`, `count % 100 === 0` */
const SAMPLE = /\bMath\.random\(\)|[\w)]\s*%\s*[\w(]/;

const LONGEST = 60;

/** A condition that only slow messages meet, or only some. */
export interface OnlyIf {
  /** `took > 2000` */
  readonly condition: string;
  /** How long such a message takes at least, in milliseconds, if it's slow and the source has a number for it. */
  readonly ms?: number;
}

/** Returns the condition under which a handler prints something for slow messages only, or else for some of them. */
export function printsOnlyIf(sources: readonly string[]): OnlyIf | undefined {
  let sample: OnlyIf | undefined;
  for (const source of sources.map(withoutComments)) {
    const durations = [...source.matchAll(ASSIGNED)].flatMap(([, name = '', value = '']) =>
      isDuration(value) ? name : [],
    );
    const isSlow = (condition: string) =>
      /[<>]/.test(condition) &&
      (isDuration(condition) || durations.some((name) => new RegExp(`\\b${name}\\b`).test(condition)));
    for (const [, condition = '', then = ''] of [...source.matchAll(IF), ...source.matchAll(AND)]) {
      if (!PRINT.test(then)) continue;
      const shown = { condition: condition.replace(/\s+/g, ' ').trim().slice(0, LONGEST) };
      if (isSlow(condition)) {
        const ms = longestIn(condition, source);
        return ms === undefined ? shown : { ...shown, ms };
      }
      if (SAMPLE.test(condition)) sample ??= shown;
    }
  }
  return sample;
}

/** Whether an expression subtracts one time from another, one of which is now. */
function isDuration(expression: string): boolean {
  return NOW.test(expression) && expression.includes('-');
}

/** Numbers less than this are seconds: nobody calls a message slow after some milliseconds. */
const LEAST = 20;

/** Returns the largest number in a condition, or of a constant in it, in milliseconds. */
function longestIn(condition: string, source: string): number | undefined {
  const values = [...condition.replace(/\/\s*1_?000\b/g, '').matchAll(/\b[\w.]+\b/g)].flatMap(([word]) => {
    const value = new RegExp(`\\b(?:const|let)\\s+${word}\\s*=\\s*([\\d_.]+)\\s*;`).exec(source)?.[1] ?? word;
    const number = Number(value.replaceAll('_', ''));
    return number > 0 ? number : [];
  });
  if (values.length === 0) return undefined;
  const most = Math.max(...values);
  return most < LEAST ? most * 1000 : most;
}
