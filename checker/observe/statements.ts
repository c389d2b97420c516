/**
 * A statement of a program, and the headers of the blocks around it, such as `for (const each of all)`, the innermost
 * first.
 */
export interface StatementText {
  readonly text: string;
  readonly around: readonly string[];
}

/** An open bracket. */
interface Open {
  /** Whether statements are in it: a body, not an object. */
  readonly isBlock: boolean;
  /** Where the statement with the bracket starts, and its text until there. */
  readonly start: number;
  readonly header: string;
}

/** What precedes a body: parentheses, with a return type or not, an arrow, or a word. */
const BEFORE_BODY = /(\)(\s*:[^;={}]+)?|=>|\b(else|try|finally|do)|\bclass\b[^;={}]*)$/;

/** Returns the innermost statement at an offset of a program; undefined between statements, and in a block's header. */
export function statementAt(program: string, offset: number): StatementText | undefined {
  const code = withoutTexts(program);
  const open: Open[] = [];
  let start = 0;
  for (let at = 0; at <= code.length; at += 1) {
    const char = code[at] ?? ';';
    const isOfStatements = open.at(-1)?.isBlock ?? true;
    if (isOfStatements && (';}'.includes(char) || (char === '\n' && isEnd(code, start, at)))) {
      if (start <= offset && offset < at) {
        const around = open.flatMap(({ isBlock, header }) => (isBlock ? header : []));
        return { text: program.slice(start, at).trim(), around: around.reverse() };
      }
      start = at + 1;
    }
    if ('([{'.includes(char)) {
      const isBlock = char === '{' && BEFORE_BODY.test(code.slice(start, at).trimEnd());
      open.push({ isBlock, start, header: program.slice(start, at).trim() });
      if (isBlock) start = at + 1;
    } else if (')]}'.includes(char)) {
      const closed = open.pop();
      // After a function that is a value, the statement around it goes on.
      if (closed?.isBlock) start = closed.header.endsWith('=>') ? closed.start : at + 1;
    }
  }
  return undefined;
}

/** Returns a program with spaces instead of its comments and texts, of the same length. */
export function withoutTexts(program: string): string {
  return program.replace(TEXTS, (text) => ' '.repeat(text.length));
}

const TEXTS = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|\$\{[^}]*\}|[^`\\])*`/g;

/** Whether a statement ends at a line's end without a semicolon. */
function isEnd(code: string, start: number, at: number): boolean {
  const last = code.slice(start, at).trimEnd().at(-1);
  if (last === undefined || ',=+([{.&|?:>'.includes(last)) return false;
  return !/^\s*([.?)\]},:+&|={]|$)/.test(code.slice(at));
}
