// What a handler takes out of something with a pattern, `const { client: { nick } = {} } = message`, and what it calls
// parts of something. Sources are read without parsing: they need not be valid.

/** A property that is read from something: `['message', 'client', 'nick']`, with the variable before it. */
export type ReadPath = readonly string[];

/** What some code takes apart. */
export interface Destructured {
  /** The properties in patterns, those of variables and those of parameters. */
  readonly names: readonly string[];
  /** The same with what they are in. */
  readonly paths: readonly ReadPath[];
  /** Returns what a variable stands for: after `const { client: app } = message`, `app` is `message.client`. */
  readonly standsFor: (variable: string) => readonly ReadPath[];
}

const NAME = String.raw`[\p{L}_$][\p{L}\p{N}_$]{0,60}`;
const DECLARED = new RegExp(String.raw`\b(?:const|let|var)\s+(?:(${NAME})\b|(?=\{))`, 'gu');
/** What comes before a pattern among parameters: its function's parenthesis, or another parameter. */
const PARAMETER = /[(,]\s*(?=\{)/g;
/** After the pattern of a parameter: its type, its default, the next one or the end. */
const AFTER_PARAMETER = /^\s*(?:[:=][^>]|,|\)\s*(?::|\{|=>))/;
/** A type and an equals sign, neither `==` nor `=>`; or an `of`. */
const EQUALS = /^\s*(?:(?::[^=;]{0,300}?)?=(?![=>])|of\b)/;
const END = /;|\n(?=\s*(?:const|let|var|return|if|for|while|switch|throw|try|await)\b)/;
const ENTRY = new RegExp(
  String.raw`^\s*(?:\.{3})?(?:(${NAME})|'([^'\n]{1,60})'|"([^"\n]{1,60})")\s*(?::([\s\S]*))?$`,
  'u',
);
const VARIABLE = new RegExp(String.raw`^\s*(${NAME})\s*$`, 'u');

/** How long a pattern or a value can be, in characters. */
const LONGEST = 600;

/** How many patterns and variables of a file are looked at. */
const MOST = 300;

/** How many steps a variable can be away from what it stands for. */
const DEEPEST = 3;

/** How many properties a variable can stand for. Functions of one file often have variables with the same name. */
const MOST_MEANINGS = 100;

interface Property {
  readonly path: ReadPath;
  readonly variable: string | undefined;
}

/** Returns what some code takes apart. `readIn` returns the properties that are read in an expression. */
export function destructuredIn(code: string, readIn: (expression: string) => readonly ReadPath[]): Destructured {
  const names: string[] = [];
  const paths: ReadPath[] = [];
  const values = new Map<string, ReadPath[]>();
  const means = (variable: string | undefined, path: ReadPath) => {
    if (variable === undefined || path[0] === variable) return;
    const before = values.get(variable) ?? [];
    if (before.length < MOST_MEANINGS) values.set(variable, distinctPaths([...before, path]));
  };
  for (const match of first(code.matchAll(DECLARED))) {
    const [declared, variable] = match;
    const start = match.index + declared.length;
    const pattern = variable === undefined ? inBraces(code, start) : '';
    if (pattern === undefined) continue;
    const after = code.slice(start + (variable === undefined ? pattern.length + 2 : 0)).slice(0, 2 * LONGEST);
    const [equals] = EQUALS.exec(after) ?? [];
    if (equals === undefined) continue;
    const [value = ''] = after.slice(equals.length).slice(0, LONGEST).split(END);
    const from = readIn(value);
    for (const path of variable === undefined ? [] : from) means(variable, path);
    for (const property of propertiesIn(pattern)) {
      names.push(...property.path);
      for (const path of from.length === 0 ? [[]] : from) {
        paths.push([...path, ...property.path]);
        means(property.variable, [...path, ...property.path]);
      }
    }
  }
  for (const match of first(code.matchAll(PARAMETER))) {
    const start = match.index + match[0].length;
    const pattern = inBraces(code, start);
    if (pattern === undefined || !AFTER_PARAMETER.test(code.slice(start + pattern.length + 2))) continue;
    for (const { path, variable } of propertiesIn(pattern)) {
      names.push(...path);
      paths.push(path);
      if (path.length > 1) means(variable, path);
    }
  }
  const known = new Map<string, readonly ReadPath[]>();
  const standsFor = (variable: string, depth = DEEPEST): readonly ReadPath[] => {
    const key = `${depth} ${variable}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const found = depth === 0 ? [] : distinctPaths(meanings(values.get(variable) ?? [], depth), MOST_MEANINGS);
    known.set(key, found);
    return found;
  };
  function* meanings(all: readonly ReadPath[], depth: number): Iterable<ReadPath> {
    for (const path of all) {
      yield path;
      const [start = '', ...steps] = path;
      for (const earlier of standsFor(start, depth - 1)) yield [...earlier, ...steps];
    }
  }
  return { names, paths, standsFor: (variable) => standsFor(variable) };
}

/** Returns the first of some paths, each once, and reads no more of them than that takes. */
export function distinctPaths(paths: Iterable<ReadPath>, most = Number.POSITIVE_INFINITY): ReadPath[] {
  const found = new Map<string, ReadPath>();
  for (const path of paths) {
    const key = path.join('.');
    if (!found.has(key)) found.set(key, path);
    if (found.size === most) break;
  }
  return [...found.values()];
}

/** Returns the properties in a pattern, or none if it is no pattern. */
function propertiesIn(pattern: string): Property[] {
  return splitAt(',', pattern).flatMap((entry): Property[] => {
    const [withoutDefault = ''] = splitAt('=', entry);
    const [, word, one, two, rest] = ENTRY.exec(withoutDefault) ?? [];
    const name = word ?? one ?? two;
    if (name === undefined) return [];
    if (rest === undefined) return [{ path: [name], variable: name }];
    const start = rest.search(/\S/);
    const inner = inBraces(rest, start);
    if (inner === undefined) return [{ path: [name], variable: VARIABLE.exec(rest)?.[1] }];
    return propertiesIn(inner).map(({ path, variable }) => ({ path: [name, ...path], variable }));
  });
}

/** Returns what is between this brace and the one that closes it. */
function inBraces(text: string, start: number): string | undefined {
  if (text[start] !== '{') return undefined;
  let depth = 0;
  for (let index = start; index < text.length && index - start <= LONGEST; index += 1) {
    if (text[index] === '{') depth += 1;
    if (text[index] === '}') depth -= 1;
    if (depth === 0) return text.slice(start + 1, index);
  }
  return undefined;
}

/** Splits a text at each separator that is in no bracket. */
function splitAt(separator: ',' | '=', text: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const character of text) {
    if ('{[('.includes(character)) depth += 1;
    if ('}])'.includes(character)) depth -= 1;
    if (character === separator && depth === 0) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts;
}

function first<T>(all: Iterable<T>): T[] {
  const some: T[] = [];
  for (const each of all) if (some.push(each) === MOST) break;
  return some;
}
