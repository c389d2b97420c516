import type { PoolSettings, WritableAttribute } from '../../observe/user-pool.ts';
import { COMPANY } from '../../sign-in/company.ts';
import { validValues } from '../../sign-in/new-user.ts';
import type { Claims } from '../../sign-in/sign-up.ts';
import type { Guess } from './guesses.ts';

// What outsiders say about themselves besides their address.

/** Names under which a trigger can look for a company's domain. */
const ofDomains = ['domain', 'company', 'organization'];

/** Returns an address in every attribute that nobody verifies, and wherever the learner's handlers may look for one. */
export function claimsTo(
  address: string,
  { writable }: Pick<PoolSettings, 'writable'>,
  fields: readonly string[],
): Claims {
  const addresses = [...fields, 'email', 'address'].map((field) => [field, address]);
  return {
    attributes: attributesSaying(writable, () => address),
    metadata: Object.fromEntries([...addresses, ...ofDomains.map((field) => [field, COMPANY])]),
  };
}

/** Returns the values of a guess, in every attribute that nobody verifies and as both kinds of metadata. */
export function guessedClaims({ fields, elsewhere }: Guess, { writable }: Pick<PoolSettings, 'writable'>): Claims {
  return { attributes: attributesSaying(writable, (name) => fields[name] ?? elsewhere), metadata: fields };
}

/** Returns the attributes that can have the text for their name, or something like it. */
function attributesSaying(
  writable: readonly WritableAttribute[],
  textFor: (name: string) => string,
): Record<string, string> {
  const values = writable.flatMap((attribute) => {
    const value = fitting(attribute, textFor(attribute.name));
    return value === undefined ? [] : [[attribute.name, value]];
  });
  return Object.fromEntries(values);
}

/** Attributes in which Cognito accepts no other text. */
const FORMS: Readonly<Record<string, RegExp>> = { phone_number: /^\+\d{7,15}$/, birthdate: /^\d{4}-\d\d-\d\d$/ };

/**
 * Returns the text if it fits. An attribute that has a form gets the text, or else a value that begins with it, or else
 * any value: a trigger may want just that.
 */
function fitting({ name, shortest, longest }: WritableAttribute, text: string): string | undefined {
  const form = FORMS[name];
  if (form === undefined) return text.length >= shortest && text.length <= longest ? text : undefined;
  const { [name]: valid = '' } = validValues;
  return [text, `${text}${valid.slice(text.length)}`].find((each) => form.test(each)) ?? valid;
}
