import type { Place, Program } from '../../checking/check.ts';
import { SPEAKING } from '../../observe/route-selection.ts';

const SYNTH = /^\s*[\w.]+\.synth\(/;

/** A statement of the program itself, not of a function, which can be called before. */
const ADDS = /^(?!\/[/*]|function\b)(?=\S).*(?:\.addRoute\(|\bnew (?:\w+\.)?(?:WebSocketRoute|CfnRoute)\()/;

const KEY = new RegExp(`["'\`]${SPEAKING}["'\`]`);

/** A comment on lines of their own. */
const COMMENT = /^\/\*[\s\S]*?\*\//gm;

/** How many lines a statement can take until its route key. */
const LINES = 3;

/**
 * Returns the first line that adds the route for messages once the program has written its templates, which has no
 * effect: https://docs.aws.amazon.com/cdk/v2/guide/apps.html
 */
export function addedTooLate(program: Program | undefined): Place | undefined {
  if (program === undefined) return undefined;
  const lines = program.text.replace(COMMENT, (comment) => comment.replace(/[^\n]/g, '')).split('\n');
  const synth = lines.findLastIndex((line) => SYNTH.test(line));
  const hasKey = (at: number) => {
    const others = lines.slice(at + 1, at + LINES);
    const end = others.findIndex((line) => ADDS.test(line));
    return [lines[at] ?? '', ...others.slice(0, end === -1 ? LINES : end)].some((line) => KEY.test(line));
  };
  const index = synth === -1 ? -1 : lines.findIndex((line, at) => at > synth && ADDS.test(line) && hasKey(at));
  return index === -1 ? undefined : { file: program.file, line: index + 1 };
}
