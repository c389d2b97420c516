import type { Place, Program } from '../checking/check.ts';

const SYNTH = /^\s*[\w.]+\.synth\(/;

/** A statement of the program itself, not of a function, which can be called before. */
const STATEMENT = /^(?!\/[/*]|function\b)\S/;

/** A comment after what can precede one: the `/*` in an ARN begins none. */
const COMMENT = /(?<![^\s;{}(),])\/\*[\s\S]*?\*\//g;

/** How many lines a statement can take until it names what it adds. */
const LINES = 3;

/**
 * Returns the first line that adds something once the program has written its templates, which has no effect: a line
 * that `adds`, in a statement that begins with what it `names`. https://docs.aws.amazon.com/cdk/v2/guide/apps.html
 */
export function addedTooLate(
  program: Program | undefined,
  { adds, names = adds }: { readonly adds: RegExp; readonly names?: RegExp },
): Place | undefined {
  if (program === undefined) return undefined;
  const lines = withoutBlockComments(program.text).split('\n');
  const synth = lines.findLastIndex((line) => SYNTH.test(line));
  const isAdding = (line: string) => STATEMENT.test(line) && adds.test(line);
  const isNamed = (at: number) => {
    const others = lines.slice(at + 1, at + LINES);
    const end = others.findIndex(isAdding);
    return [lines[at] ?? '', ...others.slice(0, end === -1 ? LINES : end)].some((line) => names.test(line));
  };
  const index = synth === -1 ? -1 : lines.findIndex((line, at) => at > synth && isAdding(line) && isNamed(at));
  return index === -1 ? undefined : { file: program.file, line: index + 1 };
}

/** Returns the text without block comments, with as many lines. */
export function withoutBlockComments(text: string): string {
  return text.replace(COMMENT, (comment) => comment.replace(/[^\n]/g, ''));
}
