import type { AttributeType, SchemaAttributeType } from '@aws-sdk/client-cognito-identity-provider';
import type { AwsError } from '../../../calls/errors.ts';
import { invalidParameter } from '../errors.ts';
import type { UserPoolClientRecord, UserPoolRecord } from '../records.ts';
import { list, structure, text } from '../shape.ts';
import { notAuthorized } from '../user-errors.ts';

/** A list of names and values, such as attributes and validation data. */
export const attributesShape = list(structure({ Name: text(1, 32), Value: text(0, 2048) }, ['Name']));

/** How many problems an error lists. A pool has at most 70 attributes, so more wouldn't help anybody. */
const mostProblems = 100;

/**
 * The writer of attributes: an administrator, or the user through a client, which may not be allowed to write them all.
 */
export type Writer = { readonly client: Pick<UserPoolClientRecord, 'settings'> } | 'administrator';

/**
 * The attributes that an input sets, for a user's record. Throws InvalidParameterException for values that violate the
 * pool's schema, NotAuthorizedException for attributes that the client isn't allowed to write
 * (https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html).
 */
export function readAttributes(
  given: readonly AttributeType[] | undefined,
  { settings }: Pick<UserPoolRecord, 'settings'>,
  writer: Writer,
): Record<string, string> {
  if (given !== undefined) attributesShape('userAttributes', given);
  const attributes: Record<string, string> = {};
  const problems: string[] = [];
  for (const { Name = '', Value = '' } of given ?? []) {
    const schema = settings.SchemaAttributes?.find((one) => one.Name === Name);
    const problem = schema === undefined ? 'Attribute does not exist in the schema.' : problemOf(Value, schema);
    if (problem !== undefined) problems.push(`${Name}: ${problem}\n`);
    if (Name === 'sub') throw invalidParameter('Cannot modify the non-mutable attribute sub');
    if (schema !== undefined) requireWritable(Name, writer);
    attributes[Name] = Value;
    if (problems.length === mostProblems) break;
  }
  if (problems.length > 0) throw nonconforming(problems);
  const { email, phone_number: phone } = attributes;
  if (email !== undefined && email !== '' && !isEmail(email)) throw invalidParameter('Invalid email address format.');
  if (phone !== undefined && phone !== '' && !isPhoneNumber(phone)) {
    throw invalidParameter('Invalid phone number format.');
  }
  return attributes;
}

/** The required attributes that are missing. */
export function missingAttributes(
  attributes: Readonly<Record<string, string>>,
  { settings }: Pick<UserPoolRecord, 'settings'>,
): string[] {
  return (settings.SchemaAttributes ?? [])
    .filter(({ Name, Required }) => Required && Name !== 'sub' && Name !== undefined && !attributes[Name])
    .map(({ Name = '' }) => Name);
}

/** Throws InvalidParameterException if a required attribute is missing. */
export function requireComplete(attributes: Readonly<Record<string, string>>, pool: UserPoolRecord): void {
  const missing = missingAttributes(attributes, pool);
  if (missing.length > 0) throw nonconforming(missing.map((name) => `${name}: The attribute is required\n`));
}

/** Throws InvalidParameterException if one of these is immutable. */
export function requireMutable(names: readonly string[], { settings }: Pick<UserPoolRecord, 'settings'>): void {
  for (const name of names) {
    const schema = settings.SchemaAttributes?.find((one) => one.Name === name);
    if (schema?.Mutable === false) throw invalidParameter(`user.${name}: Attribute cannot be updated.\n`);
  }
}

/** Throws if a user isn't allowed to write an attribute through this client, or if only administrators are. */
export function requireWritable(name: string, writer: Writer): void {
  if (writer === 'administrator') return;
  const writable = writer.client.settings.WriteAttributes;
  const isReserved = name === 'email_verified' || name === 'phone_number_verified' || name.startsWith('dev:');
  if (!isReserved && (writable === undefined || writable.includes(name))) return;
  throw notAuthorized('A client attempted to write unauthorized attribute');
}

/**
 * A user's attributes after a change: a new address is unverified, unless the change says otherwise; empty ones are
 * removed.
 */
export function withAttributes(
  former: Readonly<Record<string, string>>,
  change: Readonly<Record<string, string>>,
): Record<string, string> {
  const all: Record<string, string> = { ...former, ...change };
  for (const address of ['email', 'phone_number']) {
    const verified = `${address}_verified`;
    if (change[address] !== undefined && change[verified] === undefined && change[address] !== former[address]) {
      all[verified] = 'false';
    }
    if (all[address] === '') delete all[verified];
  }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
}

export function isEmail(text: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(text) && text.length <= 2048;
}

export function isPhoneNumber(text: string): boolean {
  return /^\+\d{4,15}$/.test(text);
}

function problemOf(value: string, { AttributeDataType, ...limits }: SchemaAttributeType): string | undefined {
  if (AttributeDataType === 'Boolean' && value !== 'true' && value !== 'false') {
    return 'Attribute value is not a valid Boolean';
  }
  if (AttributeDataType === 'Number') {
    if (!/^-?\d+$/.test(value)) return 'Attribute value is not a valid Number';
    const { MinValue, MaxValue } = limits.NumberAttributeConstraints ?? {};
    if (MinValue !== undefined && Number(value) < Number(MinValue)) return `Number cannot be smaller than ${MinValue}`;
    if (MaxValue !== undefined && Number(value) > Number(MaxValue)) return `Number cannot be bigger than ${MaxValue}`;
  }
  const { MinLength, MaxLength = '2048' } = limits.StringAttributeConstraints ?? {};
  if (MinLength !== undefined && value.length < Number(MinLength)) {
    return `String cannot be shorter than ${MinLength} characters`;
  }
  return value.length > Number(MaxLength) ? `String cannot be longer than ${MaxLength} characters` : undefined;
}

function nonconforming(problems: readonly string[]): AwsError {
  return invalidParameter(`Attributes did not conform to the schema: ${problems.join('')}`);
}
