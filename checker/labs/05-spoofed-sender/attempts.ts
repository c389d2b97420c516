import { randomInt } from 'node:crypto';
import { saying } from '../../probe/sayings.ts';
import { userName, visitorName } from '../../probe/visitor-name.ts';

// Messages that claim to be from somebody else. A room must not be able to recognize them by their field names or by
// what the names look like: rejecting only the checker's messages would be no repair. So most of both is randomized.

/** The kinds of claims. */
export type Kind =
  /** Nothing: the action and the text, as the page sends them. */
  | 'plain'
  /** The name of somebody who is in the room, in one field. */
  | 'another person'
  /** A name that nobody has, in one field. */
  | 'nobody'
  /** Something that resembles the sender's own name. */
  | 'lookalike'
  /** Something that is not a name: a list, a number, nothing at all. */
  | 'odd value'
  /** The key of another person's connection. */
  | 'connection'
  /** A different name in each of many fields. */
  | 'many fields'
  /** Names in nested objects. */
  | 'nested'
  /** JSON that parsers interpret differently. */
  | 'unusual JSON'
  /** A text that looks like fields of the message. */
  | 'in the text';

/** One message that somebody sends. */
export interface Attempt {
  readonly kind: Kind;
  readonly text: string;
  /** The frame, exactly as it is sent. */
  readonly frame: string;
}

/** The sender, and the names that can be claimed. */
export interface Cast {
  /** The sender's true name. */
  readonly own: string;
  /** The true name of somebody else in the room. */
  readonly other: string;
  /** The strings in that person's rows of the connections table. */
  readonly row: readonly string[];
}

type Pair = readonly [key: string, value: unknown];

/** The fields that clients commonly put a name in. */
const usual = [
  'from',
  'name',
  'sender',
  'username',
  'user',
  'author',
  'nickname',
  'displayName',
  'userName',
  'From',
  'by',
];
const heads = [
  ...'user sender from author display nick screen full real first client speaker member player person'.split(' '),
  ...'owner creator account login profile contact alias handle identity actor principal cognito origin who my'.split(
    ' ',
  ),
];
const tails = ['', '', 'name', 'name', 'id', 'by', 'as', 'label', 'title'];

/** Objects in which names are commonly nested. */
const containers =
  'user data sender meta payload author profile from authorizer requestContext body headers context'.split(' ');

/** How many fields a message has that claims a name in many. */
const MANY = 120;

/** Returns a message that claims nothing. */
export function plain(): Attempt {
  return attempt('plain', []);
}

/** Returns messages that claim a name other than the sender's, the most common kinds first. */
export function attempts({ own, other, row }: Cast): Attempt[] {
  const inOne = (kind: Kind, value: unknown): Attempt[] => [
    attempt(kind, [['from', value]]),
    attempt(
      kind,
      usual.filter((field) => field !== 'from').map((field) => [field, value]),
    ),
  ];
  const more = fieldNames(MANY);
  const unusual = new Set<string>([...usual, ...usual.map((field) => inOddCase(field))]);
  return [
    ...usual.map((field) => attempt('another person', [[field, other]])),
    ...inOne('nobody', visitorName()),
    attempt('in the text', [], `${saying()}","from":"${other}","name":"${other}`),
    ...lookalikes(own).flatMap((value) => inOne('lookalike', value)),
    ...oddValues(other).flatMap((value) => inOne('odd value', value)),
    ...row.map((value) =>
      attempt(
        'connection',
        ['connectionId', 'connection', 'connection_id', 'id', 'user', 'from', 'sender', 'as'].map((field) => [
          field,
          value,
        ]),
      ),
    ),
    attempt('many fields', named([...unusual, ...more])),
    attempt('many fields', named(more)),
    attempt('nested', nested(containers)),
    attempt('nested', nested(fieldNames(10))),
    ...(row.length === 0 ? [undefined] : row).map((connectionId) =>
      attempt('nested', [['requestContext', { connectionId, authorizer: { username: other, principalId: other } }]]),
    ),
    attempt('unusual JSON', named(['from', 'name', 'from', 'name'])),
    attempt('unusual JSON', [
      ['from', other],
      ['name', other],
      ['from', own],
      ['name', own],
    ]),
    attempt('unusual JSON', [
      ['__proto__', Object.fromEntries(named(usual))],
      ['constructor', { prototype: Object.fromEntries(named(usual)) }],
    ]),
  ];
}

/**
 * Returns messages that claim a made-up name in one field each. A room that rejects a message with many fields has only
 * shown that it knows one of them.
 */
export function oneByOne(): Attempt[] {
  const fields = [...new Set([...heads, ...usual.map((field) => inOddCase(field))]), ...fieldNames(6)];
  return [
    ...fields.map((field) => attempt('nobody', named([field]))),
    ...containers.slice(0, 6).map((container) => attempt('nested', nested([container]))),
  ];
}

/**
 * Returns names that resemble a name but differ from it: for a person who looks at them, for a comparison, or for a
 * careless comparison.
 */
function lookalikes(own: string): string[] {
  const [first = '', ...rest] = own;
  const swapped = [...own].map((letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  );
  const half = own.slice(0, Math.ceil(own.length / 2));
  return [
    swapped.join(''),
    `${own} `,
    `${own}\u200b`,
    `${own} ${userName()}`.slice(0, 40),
    half,
    `${first}\u0301${rest.join('')}`,
    [...rest, first].join(''),
  ];
}

function oddValues(other: string): unknown[] {
  return [[other], { name: other, username: other, S: other }, randomInt(1_000, 1_000_000), true, null, '', ' '];
}

/**
 * Returns each field with a different name, so the name in the delivered message shows which field the room trusted.
 */
function named(fields: readonly string[]): Pair[] {
  return fields.map((field) => [field, visitorName()]);
}

function nested(fields: readonly string[]): Pair[] {
  return fields.map((field) => [
    field,
    { ...Object.fromEntries(named(usual)), user: Object.fromEntries(named(usual)) },
  ]);
}

/** Returns field names that somebody could use, and that nobody could list in advance. */
function fieldNames(count: number): string[] {
  const names = new Set<string>();
  while (names.size < count) names.add(inSomeStyle(`${pick(heads)} ${pick(tails)}`.trim().split(' ')));
  return [...names];
}

function inSomeStyle(words: readonly string[]): string {
  const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
  return pick([
    words.join('_'),
    words.join('-'),
    words.join(''),
    words.map((word, index) => (index === 0 ? word : capital(word))).join(''),
    words.map(capital).join(''),
    words.join('_').toUpperCase(),
    inOddCase(words.join('')),
    `${pick(['_', '$', 'x-', '@', 'the_', 'is'])}${words.join('')}`,
  ]);
}

/** Returns a word in random case, different from the original. */
function inOddCase(word: string): string {
  const odd = [...word].map((letter) => (randomInt(2) === 0 ? letter.toUpperCase() : letter.toLowerCase())).join('');
  return odd === word ? word.toUpperCase() : odd;
}

/** Builds a message: the action and the text come either before or after what it claims. */
function attempt(kind: Kind, claims: readonly Pair[], text = saying()): Attempt {
  const said: Pair[] = [
    ['action', 'sendmessage'],
    ['text', text],
  ];
  const pairs = randomInt(2) === 0 ? [...said, ...claims] : [...claims, ...said];
  // Not JSON.stringify of an object, because an object can't have a key twice.
  const frame = `{${pairs.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join(',')}}`;
  return { kind, text, frame };
}

function pick<T>(from: readonly T[]): T {
  return from[randomInt(from.length)] as T;
}
