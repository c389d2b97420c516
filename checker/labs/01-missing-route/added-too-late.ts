import type { Place, Program } from '../../checking/check.ts';

const SYNTH = /^\s*[\w.]+\.synth\(/;

/** A statement of the program itself, not of a function, which can be called before. */
const ADDS = /^(?!\/\/|function\b)(?=\S).*(?:\.addRoute\(|\bnew (?:\w+\.)?(?:WebSocketRoute|CfnRoute)\()/;

/**
 * Returns the first line that adds a route once the program has written its templates, which has no effect:
 * https://docs.aws.amazon.com/cdk/v2/guide/apps.html
 */
export function addedTooLate(program: Program | undefined): Place | undefined {
  if (program === undefined) return undefined;
  const lines = program.text.split('\n');
  const synth = lines.findLastIndex((line) => SYNTH.test(line));
  const index = synth === -1 ? -1 : lines.findIndex((line, at) => at > synth && ADDS.test(line));
  return index === -1 ? undefined : { file: program.file, line: index + 1 };
}
