import { matchingTexts } from '../../probe/matching-text.ts';
import { sourceWords } from '../../probe/source-words.ts';
import { COMPANY } from '../../sign-in/company.ts';

// A trigger can accept people who send something that only its author should know: an invitation code, a partner's
// name. Its source has every such value, and every field in which a client sends one. What administrators keep in a
// table or in the pool isn't there, and nobody can guess that.

/** What somebody says who has read the trigger's source. */
export interface Guess {
  /** A value for each field that the source reads. */
  readonly fields: Readonly<Record<string, string>>;
  /** The value of other attributes: the source can read all of them and name none. */
  readonly elsewhere: string;
  /** The user name, if it can be one of the values. */
  readonly name?: string;
}

/** The longest name in ValidationData: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AttributeType.html */
const LONGEST_KEY = 32;

/** How many of the handlers' own fields have a claim. */
const MOST_FIELDS = 40;

/** How many values of the source somebody sends. Each is a sign-up. */
const MOST_VALUES = 4;

/** What a client can write as it likes. */
const WRITTEN_BY_CLIENT = /\b(validationData|clientMetadata|userName|userAttributes)\b/;

/** What a user name can have: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SignUp.html */
const USER_NAME = /^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,128}$/u;

/**
 * Returns the fields in which a trigger can look for something; those in sources that read what a client writes first.
 */
export function fieldsIn(sources: readonly string[]): readonly string[] {
  const { read } = sourceWords([...sources].sort((one, other) => Number(isOwn(other)) - Number(isOwn(one))));
  return read.filter((field) => /^[\w:-]+$/.test(field) && field.length <= LONGEST_KEY).slice(0, MOST_FIELDS);
}

function isOwn(source: string): boolean {
  return WRITTEN_BY_CLIENT.test(source);
}

/**
 * Returns what people from outside say who have read the sources: each value in the field that it is compared with, if
 * there are several such fields; then each value in all of them. None if no source reads what a client writes.
 */
export function guessesFrom(sources: readonly string[]): readonly Guess[] {
  const own = sources.filter(isOwn);
  const values = valuesIn(sources, own);
  const [first] = values;
  if (first === undefined) return [];
  const fields = fieldsIn(own);
  const { compared } = sourceWords(own);
  const everywhere = (value: string) => Object.fromEntries(fields.map((field) => [field, value]));
  const pairs = compared.map(({ path, value }) => [path.at(-1) ?? '', String(value)] as const);
  const paired = Object.fromEntries(pairs.filter(([field]) => fields.includes(field)));
  const together = new Set(Object.values(paired)).size < 2 ? [] : [{ ...everywhere(first), ...paired }];
  return [
    ...together.map((all): Guess => ({ fields: all, elsewhere: first, ...named(paired.userName) })),
    ...values.map((value): Guess => ({ fields: everywhere(value), elsewhere: value, ...named(value) })),
  ];
}

function named(value: string | undefined): Pick<Guess, 'name'> {
  return value !== undefined && USER_NAME.test(value) && !value.includes('@') ? { name: value } : {};
}

/** What Cognito surely accepts before the @, and how many of the source's values are tried there. Each is a sign-up. */
const LOCAL_PART = /^(?=.{1,64}$)[\w+-]+(?:\.[\w+-]+)*$/;
const MOST_LOCAL_PARTS = 8;

/**
 * Returns what outsiders have before the @ of their address who have read the sources: what a pattern wants there, then
 * each value before and after a `+`, then each value alone. None if no source reads what a client writes.
 */
export function localPartsFrom(sources: readonly string[]): readonly string[] {
  const own = sources.filter(isOwn);
  const before = (text: string) => text.replace(/@.*$/s, '');
  const wanted = matchingTexts(own).filter((text) => text.includes('@'));
  const values = valuesIn(sources, own)
    .map(before)
    .filter((value) => value !== '');
  const all = [...wanted.map(before), ...values.map((value) => `${value}+${value}`), ...values];
  // The company's domain is tried in any case.
  const parts = all.filter((part) => LOCAL_PART.test(part) && !part.includes(COMPANY));
  return [...new Set(parts)].slice(0, MOST_LOCAL_PARTS);
}

/** Returns the values that only these sources compare something with, or match; other files can declare them. */
function valuesIn(all: readonly string[], own: readonly string[]): readonly string[] {
  const elsewhere = new Set(valuesOf(all.filter((source) => !own.includes(source))));
  // An employee's address is said by others.
  const texts = matchingTexts(own).filter((text) => !text.includes('@'));
  const values = [...valuesOf(own), ...texts, ...valuesOf(all).filter((value) => !elsewhere.has(value))];
  return [...new Set(values.filter((value) => /[\p{L}\p{N}]/u.test(value)))].slice(0, MOST_VALUES);
}

/** Without 0 and 1, which are indexes and lengths. */
function valuesOf(sources: readonly string[]): readonly string[] {
  return sourceWords(sources)
    .values.filter((value) => value !== 0 && value !== 1)
    .map(String);
}

/** Returns the values of a guess in words: `"unicorn"`. */
export function guessInWords({ fields }: Guess): string {
  return [...new Set(Object.values(fields))].map((value) => `"${value}"`).join(', ');
}
