import { statementAt, withoutTexts } from '../../observe/statements.ts';
import type { Excess } from './excess.ts';

/** The ids that tell constructs in the learner's file apart, as `distinctId` returns them. */
export interface Grantees {
  /** The sending function. */
  readonly sender: string;
  /** Its role. */
  readonly role?: string;
  /** The other functions of the stack. */
  readonly others: readonly string[];
}

type Granted = Pick<Excess, 'actions' | 'resources'>;

/**
 * Returns the line, from 1, of a program that grants the sending function too much: the first that one of these
 * patterns matches, in their order, in a statement about that function. Returns undefined if several statements fit
 * equally well, or none does: no place is better than a wrong one.
 */
export function grantingLine(
  program: string,
  patterns: readonly RegExp[],
  grantees: Grantees,
  granted: Granted,
): number | undefined {
  const isOwn = ownStatements(program, grantees);
  const lines = program.split('\n');
  const starts = lines.map((_, index) => lines.slice(0, index).join('\n').length + Math.min(index, 1));
  for (const pattern of patterns) {
    const found = new Map<string, number>();
    for (const [index, line] of lines.entries()) {
      const column = /^\s*(\/\/|\*|import\b)/.test(line) ? -1 : line.search(pattern);
      const statement = column === -1 ? undefined : statementAt(program, (starts[index] ?? 0) + column);
      if (statement === undefined || isDenial(statement.text) || !isOwn(statement)) continue;
      if (!found.has(statement.text)) found.set(statement.text, index + 1);
    }
    if (found.size > 0) return best([...found], granted);
  }
  return undefined;
}

/** Returns the line of the statement that has most of what is granted; undefined if several do. */
function best(found: ReadonlyArray<readonly [string, number]>, { actions, resources }: Granted): number | undefined {
  const parts = [...actions, ...resources];
  const scored = found.map(([text, line]) => {
    const score = parts.filter((part) => [`'${part}'`, `"${part}"`, `\`${part}\``].some((each) => text.includes(each)));
    return { line, score: score.length };
  });
  const most = Math.max(...scored.map(({ score }) => score));
  const [first, ...others] = scored.filter(({ score }) => score === most);
  return others.length === 0 ? first?.line : undefined;
}

/** Whether it denies and does nothing else. */
function isDenial(text: string): boolean {
  return /Effect\.DENY|effect:\s*['"]Deny/i.test(text) && text.split('PolicyStatement(').length <= 2;
}

type Statement = NonNullable<ReturnType<typeof statementAt>>;

/** A variable, and the statement that declares it. */
interface Declared extends Statement {
  readonly name: string;
}

/** Returns whether a statement is about the sending function, its role, or something that is attached to them. */
function ownStatements(program: string, { sender, role, others }: Grantees): (statement: Statement) => boolean {
  const declared = declarationsIn(program);
  const withId = (id: string) => declared.filter(({ text }) => quotes(text, id));
  const makers = withId(sender);
  const foreign = others.flatMap(withId).filter(({ text }) => !quotes(text, sender));
  // Two classes can name their functions alike: `this.fn`.
  const isForeign = (name: string) => foreign.some((each) => each.name === name);
  const own = [...makers, ...(role === undefined ? [] : withId(role))].map(({ name }) => name);
  const names = new Set(own.filter((name) => !isForeign(name)));
  const isAbout = (text: string) => quotes(text, sender) || [...names].some((name) => mentions(text, name));
  const attached = new Set<string>();
  const attaching = callsIn(program);
  // A policy can be attached to a role that was made for the function: names lead to names.
  for (let size = -1; size !== names.size + attached.size; ) {
    size = names.size + attached.size;
    for (const { name, text } of declared) {
      if (isForeign(name)) continue;
      const isGiven =
        makers.some((maker) => maker.name !== name && mentions(maker.text, name)) ||
        attaching.some((call) => mentions(call, name) && isAbout(call));
      if (isGiven) attached.add(text);
      if ((isGiven && IS_POLICY.test(text)) || (isAbout(text) && IS_ALIAS.test(text))) names.add(name);
    }
  }
  const isMaker = (header: string) => {
    const [, made] = /\b(?:function|class)\s+(\w+)/.exec(header) ?? [];
    return made !== undefined && makers.some(({ text }) => mentions(text, made));
  };
  return ({ text, around }) => {
    if (isAbout(text) || attached.has(text)) return true;
    if (foreign.some(({ name }) => mentions(text, name))) return false;
    return around.some((header) => isAbout(header) || isMaker(header));
  };
}

/** What can be attached to a role, or is one. */
const IS_POLICY = /=\s*new\s+(\w+\.)?(Role|\w*Policy|PolicyStatement|PolicyDocument)\(/;

/** Another name for a function's role, or a list with the function in it. */
const IS_ALIAS = /=\s*([[{]|[\w.]+[!?]*\.(role|grantPrincipal)\b[!?]*$)/;

function declarationsIn(program: string): Declared[] {
  return [...withoutTexts(program).matchAll(/\b(?:const|let|var)\s+(\w+)[^=;\n]*=|\bthis\.(\w+)\s*=(?![=>])/g)].flatMap(
    ({ index, 1: name = '', 2: member = name }) => {
      const statement = statementAt(program, index);
      return statement === undefined ? [] : { ...statement, name: member };
    },
  );
}

/** Returns the statements that attach something to something. */
function callsIn(program: string): string[] {
  return [...withoutTexts(program).matchAll(/\.(add|attach)\w*\(/g)].flatMap(
    ({ index }) => statementAt(program, index)?.text ?? [],
  );
}

function mentions(text: string, name: string): boolean {
  return new RegExp(`(?<![\\w$])${name}(?![\\w$])`).test(withoutTexts(text));
}

function quotes(text: string, id: string): boolean {
  return ["'", '"', '`'].some((quote) => text.includes(`${quote}${id}${quote}`));
}
