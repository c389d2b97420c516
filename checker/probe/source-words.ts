import { type ComparedPath, comparedPathsIn, soughtIn, type Value, valuesIn } from './compared.ts';
import { type Destructured, destructuredIn, distinctPaths, type ReadPath } from './destructured.ts';
import { type Pattern, patternsIn } from './patterns.ts';
import { remembered } from './remembered.ts';

// A handler that reads a field of a message names it in its source. So that source has every field that it can trust,
// however unusual, and every parameter of a URL.

/** The names in some source that can be fields. */
export interface SourceWords {
  /** Identifiers and strings, those that are read from something first. */
  readonly words: readonly string[];
  /** The ones among them that are read from something, or are strings: `message.nick`, `['nick']`. */
  readonly read: readonly string[];
  /** The ones among those that a pattern takes out of something: `const { nick } = message`, `({ nick }: Message) =>`. */
  readonly taken: readonly string[];
  /** Properties of properties: `['client', 'profile', 'nickname']`. */
  readonly paths: readonly ReadPath[];
  /** The strings and numbers that something is compared with: `=== 'desktop'`, `case 2`, `.startsWith('bot-')`. */
  readonly values: readonly Value[];
  /** What is looked for in a text: `.startsWith('/nick')`, `/^From: /`. */
  readonly sought: readonly string[];
  /** The regular expressions. */
  readonly patterns: readonly Pattern[];
  /** The properties that are compared with one. */
  readonly compared: readonly ComparedPath[];
}

const MOST_WORDS = 400;
const MOST_PATHS = 120;
const LONGEST_WORD = 40;

/** How many variables and properties in one expression count. */
const MOST_READ = 3;

const COMMENT = /\/\*[\s\S]*?\*\/|(?<![^\s;{}(),])\/\/.*$/gm;
const IMPORT = /^\s*import\b[\s\S]*?['"][^'"\n]+['"];?/gm;
const STRING = /(['"`])((?:(?!\1)[^\\\n])+)\1/gu;
const IDENTIFIER = /[\p{L}_$][\p{L}\p{N}_$]*/gu;
/** `.client?.profile['settings']`, with the identifier before it, and the parenthesis of a call after it. */
const CHAIN =
  /(?:(?<![\p{L}\p{N}_$])([\p{L}_$][\p{L}\p{N}_$]{0,60}))?((?:\s*!?\s*\??\.\s*[\p{L}_$][\p{L}\p{N}_$]{0,60}|\s*(?:\?\.)?\[\s*(?:'[^'\n]+'|"[^"\n]+")\s*\])+)(\s*(?:\?\.)?\()?/gu;
const STEP = /\[\s*(['"])(.+?)\1\s*\]|[\p{L}_$][\p{L}\p{N}_$]*/gu;

const MADE = /\{[^{}]*\}/g;

/** A variable of which no property is read, and that is no function. */
const ALONE = /(?<![\p{L}\p{N}_$.])[\p{L}_$][\p{L}\p{N}_$]*(?![\p{L}\p{N}_$]|\s*[!?]*\s*[.([])/gu;

const keywords = new Set(
  'as async await boolean break case catch class const continue default delete do else enum export extends false finally for from function if import in instanceof interface let new null number of return static string super switch this throw true try type typeof undefined unknown var void while yield'.split(
    ' ',
  ),
);

/** The checks of one room ask for the same sources, in a few orders. */
const MOST_REMEMBERED = 8;

const ofSources = remembered(MOST_REMEMBERED, (key) => wordsOf(JSON.parse(key)));

/** Returns the names in some texts that can be the fields of a message. The texts need not be valid. */
export function sourceWords(sources: readonly string[]): SourceWords {
  return ofSources(JSON.stringify(sources));
}

function wordsOf(sources: readonly string[]): SourceWords {
  const statements = sources.map((source) => withoutComments(source).replace(IMPORT, ' '));
  const code = statements.map((source) =>
    source
      // Sentences.
      .replace(STRING, (text) => (/^['"].*\s/.test(text) ? ' ' : text))
      .replace(/[^\S\n]+/g, ' ')
      .replace(/\s*\n\s*/g, '\n'),
  );
  const chains = code.flatMap(chainsIn);
  const strings = code.flatMap((text) => [...text.matchAll(STRING)].map((match) => match[2] ?? ''));
  const patterns = code.map((text) => destructuredIn(text, readIn));
  const taken = distinct(patterns.flatMap(({ names }) => names));
  const read = distinct([...chains.flatMap(({ steps }) => steps), ...taken, ...strings.filter(isOneWord)]);
  // `from` is a keyword only in imports.
  const others = code.flatMap(identifiers).filter((word) => word === 'from' || !keywords.has(word));
  return {
    words: distinct([...read, ...strings, ...others]).slice(0, MOST_WORDS),
    read,
    taken,
    paths: pathsOf(code, patterns),
    values: valuesIn(statements),
    sought: soughtIn(statements),
    patterns: patternsIn(statements),
    compared: comparedPathsIn(statements),
  };
}

/**
 * Returns the commands that handlers look for in a text: `!move`, `/history`. They begin with something other than a
 * letter, a digit or a space.
 */
export function commandsIn(values: readonly Value[]): string[] {
  const trimmed = values.map((value) => String(value).trim());
  return [...new Set(trimmed)].filter((value) => /^[^\p{L}\p{N}\s]+\p{L}/u.test(value));
}

/** Returns whether some source is about a lab's stack, and no handler's. */
export function isStack(source: string): boolean {
  return /['"]aws-cdk-lib/.test(source);
}

/** Returns some source, which need not be valid, without its comments. */
export function withoutComments(source: string): string {
  return source.replace(COMMENT, ' ');
}

interface Chain {
  readonly receiver?: string;
  readonly steps: readonly string[];
}

function chainsIn(code: string): Chain[] {
  return [...code.matchAll(CHAIN)].map(([, receiver, properties = '', call]) => {
    const steps = [...properties.matchAll(STEP)].map((step) => step[2] ?? step[0]);
    // A method is no field.
    return { receiver, steps: call === undefined ? steps : steps.slice(0, -1) };
  });
}

/** Returns the first properties that are read in an expression, each with the variable before it, and variables alone. */
function readIn(expression: string): ReadPath[] {
  // A type has properties, too, and so have the parameters of a callback and an object that is made.
  const [value = ''] = expression
    .replace(STRING, ' ')
    .replace(MADE, ' ')
    .split(/\bas\b|=>/);
  const alone = [...value.matchAll(ALONE)].flatMap(([word]) => (keywords.has(word) ? [] : [[word]]));
  const paths = [...chainsIn(value).map(wholeOf), ...alone].filter((path) => path.length > 0);
  return distinctPaths(paths, MOST_READ);
}

function wholeOf({ receiver, steps }: Chain): string[] {
  return receiver === undefined ? [...steps] : [receiver, ...steps];
}

/** Any variable of a chain or before a pattern can be the message, or something in it. */
function pathsOf(code: readonly string[], patterns: readonly Destructured[]): ReadPath[] {
  function* ends(): Iterable<ReadPath> {
    for (const [index, text] of code.entries()) {
      const { paths, standsFor } = patterns[index] as Destructured;
      for (const path of distinctPaths([...paths, ...chainsIn(text).map(wholeOf)])) {
        const [variable = '', ...steps] = path;
        const whole = [path, ...standsFor(variable).map((before) => [...before, ...steps])];
        yield* whole.flatMap((each) => each.map((_, from) => each.slice(from))).filter(isPath);
      }
    }
  }
  return distinctPaths(ends(), MOST_PATHS);
}

function isPath({ length }: ReadPath): boolean {
  return length > 1 && length < 8;
}

/** How many of the handlers' own fields can have a claim in one message: a frame can have 32 KB. */
export const MOST_CLAIMED = 200;

/** Returns whether a message can claim something in a field: it has the action and the text once, and methods stay. */
export function isClaimable(field: string): boolean {
  return field !== 'action' && field !== 'text' && !(field in Object.prototype);
}

function identifiers(text = ''): string[] {
  return text.match(IDENTIFIER) ?? [];
}

function isOneWord(text: string): boolean {
  return !/[\s{}]/.test(text);
}

function distinct(words: readonly string[]): string[] {
  return [...new Set(words)].filter((word) => word.length <= LONGEST_WORD);
}
