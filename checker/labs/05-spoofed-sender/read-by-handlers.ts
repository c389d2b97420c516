import { usual } from '../../probe/field-names.ts';
import { saying } from '../../probe/sayings.ts';
import { isClaimable, type SourceWords } from '../../probe/source-words.ts';
import { type Tree, treesOf, withText } from '../../probe/trees.ts';
import { type Attempt, attempt, fits, inFrames, type Kind, type Pair } from './attempt.ts';

// Messages that claim another person's name in what the learner's handlers read, or beside it.

/** The name that is claimed, and where. */
export interface Claimed {
  /** The true name of somebody else. */
  readonly other: string;
  /** The names in the learner's handlers. */
  readonly source: SourceWords;
}

/** How many of the handlers' own values are claimed. */
export const MOST_VALUES = 12;

/** How many of the fields that the handlers read are claimed at once. */
const MOST = 120;

/** How many of them a whole message has, and how many more of those that a pattern takes out of something. */
const [MOST_IN_WHOLE, MOST_TAKEN] = [6, 12];

/** How many fields have a list of fields, which is long: properties come first, strings last. */
const MOST_LISTS = 60;

/** A room can trust a name that it knows, or the name that a client gives who says `"client":"desktop"`. */
export function withValue(value: string | number, { other, source }: Claimed): Attempt[] {
  const flags = besideNames(value, { other, source }).map((claims) => attempt('known value', claims));
  const names = usual.map((field): Pair => [field, value]);
  return typeof value === 'string' ? [attempt('known name', names), ...flags] : flags;
}

/**
 * A room can trust a name beside several values, or in the same object as one. Each value is in the field that handlers
 * compare with it.
 */
export function withEachValue({ other, source }: Claimed): Attempt[] {
  // The first value of each: a client sends one.
  const flat = new Map([...source.compared].reverse().map(({ path, value }) => [path.at(-1) ?? '', value] as const));
  const fields = [...flat].filter(([field]) => isClaimable(field) && !usual.some((each) => each === field));
  const names = usual.map((field): Pair => [field, other]);
  const trees = treesIn(source, () => other).filter((tree) => hasPutValues(tree, source.compared));
  return [
    ...(fields.length < 2 ? [] : [attempt('known value', [...fields, ...names])]),
    ...trees.map((tree) => inTree('known value', tree)),
  ];
}

/** Sets each field of an object to the value that handlers compare it with. Returns whether it has such a field. */
function hasPutValues(tree: Tree, compared: SourceWords['compared']): boolean {
  let isAny = false;
  for (const { path, value } of compared) {
    for (const start of path.keys()) {
      const [last = '', ...above] = path.slice(start).reverse();
      const inner = above.reduceRight<Tree[string] | undefined>(
        (object, field) => (typeof object === 'object' && Object.hasOwn(object, field) ? object[field] : undefined),
        tree,
      );
      if (above.length === 0 || typeof inner !== 'object' || !Object.hasOwn(inner, last)) continue;
      inner[last] = value;
      isAny = true;
    }
  }
  return isAny;
}

/** A room can believe somebody who also says something true about themselves: their own name, or one of these facts. */
export function halfTrue(own: string, facts: readonly string[], { other, source }: Claimed): Attempt[] {
  const known = usual.filter((field) => source.read.includes(field));
  const names = known.map((ownField) => usual.map((field): Pair => [field, field === ownField ? own : other]));
  const beside = [own, ...facts].flatMap((fact) => besideNames(fact, { other, source }));
  return [...beside, ...names].map((claims) => attempt('half true', claims));
}

/** Returns a value in the fields that only the handlers know, beside names, in as few messages as it fits in. */
function besideNames(value: unknown, { other, source }: Claimed): Pair[][] {
  const own = readFields(source).filter((field) => !usual.some((each) => each === field));
  const names = usual.map((field): Pair => [field, other]);
  const [first = [], ...more] = inFrames(own.map((field): Pair => [field, value]));
  return [first, ...more].map((frame) => [...frame, ...names]);
}

/** A room can look up the sender by a field that only its handlers know: such a field has to name somebody here. */
export function inReadFields(value: string, source: SourceWords): Attempt[] {
  const fields = readFields(source).map((field) => [field, value] as const);
  const flat = inFrames(fields).map((frame) => Object.fromEntries(frame));
  return [...flat, ...treesIn(source, () => value)].map((tree) => inTree('read fields', tree));
}

/** A room can trust a name beside a text that is longer or shorter than others. */
export function besideText(text: string, { other, source }: Claimed): Attempt {
  const fields = [...new Set([...usual, ...readFields(source)])];
  return attempt(
    'read fields',
    fields.map((field): Pair => [field, other]),
    text,
  );
}

/**
 * A field can have a whole message, a list of them, one as JSON, or its fields in a list: as pairs, or as objects with
 * a name and a value. So can the text; as JSON it's still a text.
 */
export function wholeMessages({ other, source }: Claimed): Attempt[] {
  const read = readFields(source);
  const taken = source.taken.filter(isClaimable).slice(0, MOST_TAKEN);
  const own = [...read.slice(0, MOST_IN_WHOLE), ...taken];
  const named = (fields: readonly string[]) => Object.fromEntries(fields.map((field) => [field, other]));
  const names = named([...usual, ...own]);
  // What is in a list is looked up by a string.
  const listed = named([...usual, ...source.values.slice(0, MOST_VALUES).map(String)]);
  const asText = (text: string): unknown => JSON.stringify({ ...names, text });
  const whole: ReadonlyArray<typeof asText> = [(text) => ({ ...names, text }), (text) => [{ ...names, text }]];
  const lists: typeof whole = [
    (text) => Object.entries({ ...listed, text }),
    (text) =>
      Object.entries({ ...listed, text }).map(([name, value]) => ({
        name,
        key: name,
        Name: name,
        value,
        Value: value,
      })),
  ];
  const inText = [...whole, ...lists].map((form) => {
    const text = saying();
    return attempt('no text', [['text', form(text)]], text);
  });
  const inFields = (fields: readonly string[], forms: typeof whole) =>
    forms.flatMap((form) => {
      const having = (some: readonly string[], text: string) => some.map((field): Pair => [field, form(text)]);
      return inFrames(having(fields, saying())).map((frame) => {
        const text = saying();
        const some = frame.map(([field]) => field);
        return attempt('read fields', having(some, text), text);
      });
    });
  return [...inText, ...inFields(read, [asText, ...whole]), ...inFields(read.slice(0, MOST_LISTS), lists)];
}

/** Returns the fields that the handlers read, the first of them. */
export function readFields({ read }: Pick<SourceWords, 'read'>): string[] {
  return read.filter(isClaimable).slice(0, MOST);
}

/** Returns objects with a name wherever the handlers read something from an object, each of which fits in a message. */
export function treesIn({ paths }: Pick<SourceWords, 'paths'>, name?: () => string): Tree[] {
  const own = paths.filter((path) => path.every(isClaimable));
  const trees = treesOf(own, name);
  if (own.length < 2 || trees.every(fits)) return trees;
  const half = Math.ceil(own.length / 2);
  return [own.slice(0, half), own.slice(half)].flatMap((some) => treesIn({ paths: some }, name));
}

/** Returns messages with a name wherever it is usual or the handlers read something, for the route of an action. */
export function forAction(action: string, { other, source }: Claimed): Attempt[] {
  const flat = Object.fromEntries([...readFields(source), ...usual].map((field) => [field, other]));
  return [
    ...[flat, ...treesIn(source, () => other)].map((tree) => inTree('another action', tree, action)),
    // A page can send one text only.
    attempt('another action', [], other, action),
  ];
}

/** Returns a message with these fields. */
export function inTree(kind: Kind, tree: Tree, action?: string): Attempt {
  const text = saying();
  return attempt(kind, Object.entries(withText(tree, text)), text, action);
}
