import type { SchemaAttributeType } from '@aws-sdk/client-cognito-identity-provider';
import { invalidParameter } from './errors.ts';
import { boolean, list, oneOf, type Shape, structure, text } from './shape.ts';

/** An attribute of a pool's schema, with everything that AWS returns about it. */
type Attribute = SchemaAttributeType & { readonly Name: string };

const attribute: Shape = structure(
  {
    Name: text(1, 20, /[\p{L}\p{M}\p{S}\p{N}\p{P}]+/u),
    AttributeDataType: oneOf('String', 'Number', 'DateTime', 'Boolean'),
    DeveloperOnlyAttribute: boolean,
    Mutable: boolean,
    Required: boolean,
    NumberAttributeConstraints: structure({ MinValue: text(0, 131072), MaxValue: text(0, 131072) }),
    StringAttributeConstraints: structure({ MinLength: text(0, 131072), MaxLength: text(0, 131072) }),
  },
  ['Name'],
);

export const schemaShape = list(attribute, 1, 50);
export const customAttributesShape = list(attribute, 1, 25);

/** https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html */
const standard: readonly Attribute[] = [
  { ...string('sub', '1'), Mutable: false, Required: true },
  ...['name', 'given_name', 'family_name', 'middle_name', 'nickname', 'preferred_username'].map((name) => string(name)),
  ...['profile', 'picture', 'website', 'email'].map((name) => string(name)),
  flag('email_verified'),
  string('gender'),
  string('birthdate', '10', '10'),
  ...['zoneinfo', 'locale', 'phone_number'].map((name) => string(name)),
  flag('phone_number_verified'),
  string('address'),
  { ...common('updated_at', 'Number'), NumberAttributeConstraints: { MinValue: '0' } },
];

/** The schema of a new pool: AWS's attributes, with requested changes, and custom ones. */
export function newSchema(asked: readonly SchemaAttributeType[]): Attribute[] {
  const changes = new Map(asked.map((one) => [one.Name, one]));
  const isStandard = (name: string | undefined) => standard.some(({ Name }) => Name === name);
  const known = standard.map((one) => ({ ...one, ...changed(one, changes.get(one.Name)) }));
  return addCustom(
    known,
    asked.filter(({ Name }) => !isStandard(Name)),
  );
}

/** A schema with additional custom attributes; existing ones stay unchanged. */
export function addCustom(schema: readonly SchemaAttributeType[], asked: readonly SchemaAttributeType[]): Attribute[] {
  const all = schema.map((one) => ({ ...one, Name: one.Name ?? '' }));
  for (const one of asked) {
    const added = custom(one);
    if (all.some(({ Name }) => Name === added.Name)) {
      throw invalidParameter(`${added.Name}: Existing attribute already has name ${added.Name}.`);
    }
    all.push(added);
  }
  if (all.length - standard.length > 50) throw invalidParameter('Number of custom attributes exceeds the limit of 50.');
  return all;
}

function changed(one: Attribute, change: SchemaAttributeType | undefined): Partial<SchemaAttributeType> {
  if (change === undefined) return {};
  const { AttributeDataType, Mutable, Required, StringAttributeConstraints } = change;
  if (AttributeDataType !== undefined && AttributeDataType !== one.AttributeDataType) {
    throw invalidParameter(
      `You can not change AttributeDataType or set developerOnlyAttribute for standard schema attribute ${one.Name}`,
    );
  }
  return {
    ...(Mutable === undefined ? {} : { Mutable }),
    ...(Required === undefined ? {} : { Required }),
    ...(StringAttributeConstraints === undefined ? {} : { StringAttributeConstraints }),
  };
}

/** A custom attribute's full name: `custom:<name>`, `dev:custom:<name>`. */
export function customName({ Name = '', DeveloperOnlyAttribute }: SchemaAttributeType): string {
  return `${DeveloperOnlyAttribute ? 'dev:' : ''}custom:${Name.replace(/^(dev:)?custom:/, '')}`;
}

function custom(asked: SchemaAttributeType): Attribute {
  const { AttributeDataType = 'String', DeveloperOnlyAttribute = false, Mutable = true } = asked;
  if (asked.Required) throw invalidParameter('Required custom attributes are not supported currently.');
  return {
    Name: customName(asked),
    AttributeDataType,
    DeveloperOnlyAttribute,
    Mutable,
    Required: false,
    ...(AttributeDataType === 'String'
      ? { StringAttributeConstraints: asked.StringAttributeConstraints ?? {} }
      : AttributeDataType === 'Number'
        ? { NumberAttributeConstraints: asked.NumberAttributeConstraints ?? {} }
        : {}),
  };
}

function common(Name: string, AttributeDataType: 'String' | 'Number' | 'Boolean'): Attribute {
  return { Name, AttributeDataType, DeveloperOnlyAttribute: false, Mutable: true, Required: false };
}

function string(name: string, MinLength = '0', MaxLength = '2048'): Attribute {
  return { ...common(name, 'String'), StringAttributeConstraints: { MinLength, MaxLength } };
}

function flag(name: string): Attribute {
  return common(name, 'Boolean');
}
