import { isStack, withoutComments } from '../../probe/source-words.ts';

const LITERAL = /(?<![\w.$])(?:0[xob][\da-f_]+|\d[\d_]*(?:\.\d+)?(?:e\d+)?)(?![\w.])/gi;

/** Two numbers that are raised, or multiplied, or added, unless they are a part of a longer term. */
const POWER = /(?<![\w.$]|\*\*\s*|-\s*)(\d+)\s*(\*\*)\s*(\d+)(?![\w.]|\s*\*\*)/g;
const PRODUCT = /(?<![\w.$]|[*/%-]\s*)(\d+)\s*(\*)\s*(\d+)(?![\w.]|\s*\*\*)/g;
const SUM = /(?<![\w.$]|[*/%-]\s*)(\d+)\s*(\+)\s*(\d+)(?![\w.]|\s*[*/%])/g;

/**
 * Returns some source with its numbers as plain digits: `1e2`, `0x64`, `1_00` and `10 * 10` become `100`. The source
 * need not be valid.
 */
export function withPlainNumbers(source: string): string {
  let plain = source.replace(LITERAL, (literal) => String(Number(literal.replaceAll('_', ''))));
  for (const term of [POWER, PRODUCT, SUM]) {
    for (let before = ''; before !== plain; ) {
      before = plain;
      plain = plain.replace(term, (_, one: string, operator: string, other: string) =>
        String(calculated(Number(one), operator, Number(other))),
      );
    }
  }
  return plain;
}

function calculated(one: number, operator: string, other: number): number {
  if (operator === '+') return one + other;
  return operator === '*' ? one * other : one ** other;
}

/**
 * Returns the whole numbers below 10,000 in some sources: those in the code of handlers, and those that are texts in
 * the code of a stack, because an environment's are texts.
 */
export function numbersIn(sources: readonly string[]): number[] {
  return sources.flatMap((source) => {
    const written = isStack(source) ? /(?<=['"`]|String\()\d{1,4}(?=['"`)])/g : /(?<![\w.-])\d{1,4}(?![\w.-])/g;
    return (withPlainNumbers(withoutComments(source)).match(written) ?? []).map(Number);
  });
}
