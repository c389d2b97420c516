import { commonFields, heads, inOddCase, unusualFields, usual } from '../../probe/field-names.ts';
import { longSaying } from '../../probe/long-saying.ts';
import { textsMatching } from '../../probe/matching-text.ts';
import { letter, saying } from '../../probe/sayings.ts';
import { isClaimable, type SourceWords } from '../../probe/source-words.ts';
import type { Tree } from '../../probe/trees.ts';
import { madeUpWord, userName, visitorName } from '../../probe/visitor-name.ts';
import { type Attempt, attempt, command, inFrames, type Kind, type Pair } from './attempt.ts';
import { inKnownTexts, signed, withoutText } from './in-texts.ts';
import {
  besideText,
  type Claimed,
  halfTrue,
  inReadFields,
  inTree,
  MOST_VALUES,
  readFields,
  treesIn,
  wholeMessages,
  withEachValue,
  withValue,
} from './read-by-handlers.ts';
import { tokenFields, unsignedToken } from './unsigned-token.ts';
import { encoded, lookalikes, oddValues, unprintable } from './values.ts';

// Messages that claim to be from somebody else. A room must not be able to recognize them by their field names or by
// what the names look like: rejecting only the checker's messages would be no repair. So names are random, and so are
// some fields. The others are all that are common, and all that the learner's handlers mention: which field is trusted
// must not make a difference.

/** The sender, and the names that can be claimed. */
export interface Cast extends Claimed {
  /** The sender's true name. */
  readonly own: string;
  /** Whatever else is true of them: the strings in their rows, and who their token says they are. */
  readonly facts: readonly string[];
  /** The strings in the rows of the person whose name is claimed. */
  readonly row: readonly string[];
}

/** Objects in which names are commonly nested. */
const containers =
  'user data sender meta payload author profile from authorizer requestContext body headers context'.split(' ');

/** How many fields have names that are random, too. */
const MANY = 120;

/** How many of the handlers' own words are claimed alone. */
const MOST_ALONE = 12;

/** Returns a message that claims nothing. */
export function plain(): Attempt {
  return attempt('plain', []);
}

/** Returns a message that claims nothing, after those for other routes, which claimed a name. */
export function afterward(claimed: string): Attempt {
  return { ...attempt('afterward', []), claimed: [claimed] };
}

/** Returns a message that claims nothing, of somebody who claimed names at the handshake. */
export function claimedAtTheDoor(): Attempt {
  return attempt('at the door', []);
}

/** Returns a message of somebody whose handshake said what the handlers look for: it claims a name that nobody has. */
export function ofATrustedClient(): Attempt {
  const name = visitorName();
  return attempt(
    'client',
    usual.map((field) => [field, name]),
  );
}

/** Returns a message of somebody whose username the handlers look for: each field claims another name that nobody has. */
export function ofAKnownUser(source: SourceWords): Attempt {
  return attempt('known user', named([...new Set([...usual, ...readFields(source)])]));
}

/** Returns messages that claim a name other than the sender's, the most common kinds first. */
export function attempts({ own, facts, other, row, source }: Cast): Attempt[] {
  const short = letter();
  return [
    ...usual.map((field) => attempt('another person', [[field, other]])),
    attempt(
      'another person',
      usual.map((field) => [field, other]),
    ),
    attempt('another person', [['from', other]], short.toUpperCase()),
    // People often write a single word.
    ...inOne('nobody', visitorName(), madeUpWord),
    ...signed(other),
    command('/as', other),
    command('/nick', userName()),
    ...inKnownTexts({ other, source }),
    ...withoutText({ other, source }),
    // The room may have stored a claimed name.
    plain(),
    attempt('long text', [], longSaying()),
    attempt('in the text', [], `${saying()}","from":"${other}","name":"${other}`),
    ...lookalikes(own).flatMap((value) => inOne('lookalike', value)),
    ...oddValues(other).flatMap((value) => inOne('odd value', value)),
    attempt(
      'odd values',
      readFields(source).map((field) => [field, unprintable]),
    ),
    ...matching(source),
    ...row.map((value) =>
      attempt(
        'connection',
        ['connectionId', 'connection', 'connection_id', 'id', 'user', 'from', 'sender', 'as'].map((field) => [
          field,
          value,
        ]),
      ),
    ),
    ...inEveryField({ other, source }),
    ...[other, ...row, ...encoded(other, source.words)].flatMap((value) => inReadFields(value, source)),
    ...wholeMessages({ other, source }),
    ...[longSaying(), short].map((text) => besideText(text, { other, source })),
    ...halfTrue(own, facts, { other, source }),
    ...withEachValue({ other, source }),
    ...source.values.slice(0, MOST_VALUES).flatMap((value) => withValue(value, { other, source })),
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
 * Returns fewer messages that claim a name in as many fields. A room may trust one person more than another: whose
 * client isn't a browser, or who has been there longer.
 */
export function fewAttempts({ other, source }: Claimed): Attempt[] {
  return [...inOne('another person', other), ...inEveryField({ other, source })];
}

/** Returns messages that claim a name in all fields that are common, and in all that the handlers mention. */
function inEveryField({ other, source }: Claimed): Attempt[] {
  const token = unsignedToken(other);
  const unusual = new Set<string>([...usual, ...usual.map((field) => inOddCase(field))]);
  const common = commonFields().filter((field) => !unusual.has(field));
  const own = source.words.filter(isClaimable);
  return [
    attempt('many fields', named([...unusual, ...unusualFields(MANY)])),
    attempt('flags', [...own.map((field): Pair => [field, true]), ...usual.map((field): Pair => [field, other])]),
    // A room that rejects the fields above must not reject these for the same reason.
    ...[common.filter((field) => !own.includes(field)), own.filter((field) => !unusual.has(field))]
      .flatMap((fields) => inFrames(named(fields)))
      .map((frame) => attempt('many fields', frame)),
    inTree('nested', nested([...containers, ...unusualFields(8)])),
    ...treesIn(source).map((tree) => inTree('nested', tree)),
    attempt(
      'token',
      tokenFields.map((field) => [field, /^auth/.test(field) ? `Bearer ${token}` : token]),
    ),
  ];
}

/** A room can trust names that match one of its regular expressions, or fields whose names do. */
function matching({ patterns }: SourceWords): Attempt[] {
  const texts = [...new Set(textsMatching(patterns))].filter((text) => text !== '').slice(0, MOST_VALUES);
  const fields = texts.filter(isClaimable);
  return [
    ...(fields.length === 0 ? [] : [attempt('many fields', named(fields))]),
    ...texts.map((text) =>
      attempt(
        'known name',
        usual.map((field) => [field, text]),
      ),
    ),
  ];
}

function inOne(kind: Kind, value: unknown, text = saying): Attempt[] {
  const others = usual.filter((field) => field !== 'from').map((field): Pair => [field, value]);
  return [attempt(kind, [['from', value]], text()), attempt(kind, others, text())];
}

/**
 * Returns messages that claim a made-up name in one field each. A room that rejects a message with many fields has only
 * shown that it knows one of them.
 */
export function oneByOne({ read }: Pick<SourceWords, 'read'>): Attempt[] {
  const common = new Set([...heads.slice(0, 30), ...usual.map((field) => inOddCase(field)), ...unusualFields(6)]);
  const own = read.filter((field) => isClaimable(field) && !usual.some((each) => each === field));
  const fields = new Set([...own.slice(0, MOST_ALONE), ...common]);
  return [
    ...[...fields].map((field) => attempt('nobody', named([field]))),
    ...containers.slice(0, 6).map((container) => inTree('nested', nested([container]))),
  ];
}

/**
 * Returns each field with a different name, so the name in the delivered message shows which field the room trusted.
 */
function named(fields: readonly string[]): Pair[] {
  return fields.map((field) => [field, visitorName()]);
}

function nested(fields: readonly string[]): Tree {
  const names = () => Object.fromEntries(usual.map((field) => [field, visitorName()]));
  return Object.fromEntries(fields.map((field) => [field, { ...names(), user: names() }]));
}
