// Values that a handler compares something with. A handler can trust a client that sends one. Sources are read without
// parsing: they need not be valid.

/** A string or a number that something is compared with. */
export type Value = string | number;

/** A property that is compared with a value: `message.client.kind === 'desktop'`. */
export interface ComparedPath {
  /** With the variable before it: `['message', 'client', 'kind']`. */
  readonly path: readonly string[];
  readonly value: Value;
}

const NAME = /[\p{L}_$][\p{L}\p{N}_$]{0,60}/u.source;

/** A string or a number: its quotation mark and its content, or its digits. */
const LITERAL = /(['"`])((?:(?!\1)[^\\\n$]){1,40})\1|(?<![\w.])(\d{1,6})(?![\w.])/.source;

/** A literal that is passed to a method that compares or looks something up, or how a regular expression begins. */
const SOUGHT = [
  new RegExp(`\\.(?:startsWith|endsWith|includes|indexOf|get|has|match|localeCompare)\\(\\s*(?:${LITERAL})`, 'g'),
  /()(?:[=(,:!&|?]|\breturn)\s*\/\^?(?:\\s[*+]?)?(?:\\(?=[^\w\s]))?((?:(?<=\\)[^\w\s]|[!@#%&~<>-])?[\p{L}\p{N}][\p{L}\p{N}_-]{0,39})/gu,
];

/** The same, and a literal beside a comparison or in a `case`. */
const COMPARED = [
  new RegExp(`(?:[=!]==?|[<>]=?|\\bcase\\b)\\s*(?:${LITERAL})`, 'g'),
  new RegExp(`(?:${LITERAL})\\s*(?:[=!]==?|[<>]=?)`, 'g'),
  ...SOUGHT,
];
const LIST = /\[\s*(?:'[^'\n]*'|"[^"\n]*"|\d+)(?:\s*,\s*(?:'[^'\n]*'|"[^"\n]*"|\d+))*\s*,?\s*\]/g;

/** The same with a constant: beside a comparison, or what something is looked up in. */
const NAMED = [
  new RegExp(`(?:[=!]==?|\\bcase\\b)\\s*(${NAME})`, 'gu'),
  new RegExp(`(?<![\\p{L}\\p{N}_$.])(${NAME})(?:\\.${NAME})?\\s*[=!]==?`, 'gu'),
  new RegExp(`(${NAME})\\s*(?:\\?\\.)?\\[\\s*[^'"\\]]`, 'gu'),
  new RegExp(`(${NAME})\\.(?:has|includes|indexOf|get)\\(`, 'gu'),
];
const ENVIRONMENT = /\benv\.([A-Z][A-Z0-9_]*)/g;
const KEY = new RegExp(`(?<=[{,]\\s*)(?:(${NAME})|'([^'\\n]{1,40})'|"([^"\\n]{1,40})")\\s*:`, 'gu');
const PATH = new RegExp(`(?<![\\p{L}\\p{N}_$])((?:${NAME}\\s*\\??\\.\\s*)+${NAME})\\s*={2,3}\\s*`, 'gu');
const DECLARED = new RegExp(`\\b(?:(?:const\\s+)?enum|const|let|var)\\s+(${NAME})(?![\\p{L}\\p{N}_$])`, 'gu');
/** What comes after the name. */
const DECLARATION = /[^={;]{0,200}(?:=(?![=>])|(?=\{))([\s\S]{0,600}?)(?:;|\n\s*\n|$)/uy;
const types = new Set('bigint boolean function number object string symbol undefined'.split(' '));

/** How many constants of a file are looked for. */
const MOST_CONSTANTS = 100;

/** Returns the values that something is compared with, except the names of types: `typeof` gives those. */
export function valuesIn(code: readonly string[]): Value[] {
  const all = code.join('\n');
  // Where each name that is declared ends.
  const declared = new Map<string, number[]>();
  for (const { 0: whole, 1: name = '', index } of all.matchAll(DECLARED)) {
    declared.set(name, [...(declared.get(name) ?? []), index + whole.length]);
  }
  const found = code.flatMap((text) => {
    const namesIn = (pattern: RegExp) => [...text.matchAll(pattern)].map(([, name = '']) => name);
    const constants = [...new Set(NAMED.flatMap(namesIn))].slice(0, MOST_CONSTANTS);
    return [
      ...COMPARED.flatMap((pattern) => [...text.matchAll(pattern)].map(asValue)),
      ...(text.match(LIST) ?? []).flatMap(literalsIn),
      ...constants.flatMap((name) => declaredIn(all, declared.get(name))),
      ...[...new Set(namesIn(ENVIRONMENT))].flatMap((name) => setIn(all, name)),
    ];
  });
  return [...new Set(found)].filter((value) => value !== '' && !types.has(String(value)));
}

/** Returns what some code looks for in texts: the arguments of methods, and how regular expressions begin. */
export function soughtIn(code: readonly string[]): string[] {
  const found = code.flatMap((text) => SOUGHT.flatMap((pattern) => [...text.matchAll(pattern)].map(asValue)));
  return [...new Set(found.map((value) => String(value).trim()))].filter((text) => text !== '');
}

/** Returns the properties that are compared with a literal. */
export function comparedPathsIn(code: readonly string[]): ComparedPath[] {
  return code.flatMap((text) =>
    [...text.matchAll(PATH)].flatMap(({ 0: whole, 1: chain = '', index }) => {
      const literal = new RegExp(`^(?:${LITERAL})`).exec(text.slice(index + whole.length));
      const path = chain.split(/\s*\??\.\s*/);
      return literal === null || path.includes('env') ? [] : { path, value: asValue(literal) };
    }),
  );
}

/** Returns the literals that a constant is declared with, and the keys of an object. */
function declaredIn(code: string, ends: readonly number[] = []): Value[] {
  for (const end of ends) {
    DECLARATION.lastIndex = end;
    const [, text] = DECLARATION.exec(code) ?? [];
    if (text === undefined) continue;
    const keys = /^\s*\{/.test(text)
      ? [...text.matchAll(KEY)].map(([, word, one, other]) => word ?? one ?? other ?? '')
      : [];
    return [...literalsIn(text), ...keys];
  }
  return [];
}

/** Returns the literals that an environment variable is set to. */
function setIn(code: string, name: string): Value[] {
  const setting = new RegExp(`\\b${name}['"]?\\s*[:,]\\s*(?:${LITERAL})`, 'g');
  return [...code.matchAll(setting)].map(asValue);
}

function literalsIn(text: string): Value[] {
  return [...text.matchAll(new RegExp(LITERAL, 'g'))].map(asValue);
}

function asValue([, , word, digits]: readonly (string | undefined)[]): Value {
  return digits === undefined ? (word ?? '') : Number(digits);
}
