import { UnsupportedError } from '../../../calls/errors.ts';
import type { AnyResourceType } from '../resources/resource-type.ts';
import { ValidationError } from '../validation-error.ts';
import { dependencies } from './order.ts';
import { type Reference, references } from './references.ts';
import type { Template } from './template.ts';

/**
 * Validates everything that can be validated before anything happens: every reference resolves, nothing depends on
 * itself, and the types are supported. Throws as CloudFormation does in CreateStack and CreateChangeSet.
 */
export function validateTemplate(template: Template, types: Readonly<Record<string, AnyResourceType>>): void {
  const logicalIds = Object.keys(template.Resources);
  const known = new Set([...logicalIds, ...Object.keys(template.Parameters)]);
  for (const [section, value] of [
    ['Resources', template.Resources],
    ['Outputs', template.Outputs],
  ] as const) {
    const missing = references(value).filter(({ name }) => !known.has(name) && !name.startsWith('AWS::'));
    const attributes = missing.find(({ attribute }) => attribute !== undefined);
    if (attributes !== undefined) {
      throw new ValidationError(
        `Template error: instance of Fn::GetAtt references undefined resource ${attributes.name}`,
      );
    }
    if (missing.length > 0)
      throw unresolved(
        missing.map(({ name }) => name),
        section,
      );
  }
  const waitedFor = Object.values(template.Resources).flatMap(({ DependsOn = [] }) => [DependsOn].flat());
  const nowhere = waitedFor.filter((name) => template.Resources[name] === undefined);
  if (nowhere.length > 0) throw unresolved(nowhere, 'Resources');
  for (const { Condition } of [...Object.values(template.Resources), ...Object.values(template.Outputs)]) {
    if (Condition !== undefined && template.Conditions[Condition] === undefined) {
      throw new ValidationError(`Template format error: Condition '${Condition}' is not defined.`);
    }
  }
  for (const { Type } of Object.values(template.Resources)) checkType(Type, types);
  for (const reference of references([template.Resources, template.Outputs])) {
    checkAttribute(reference, template, types);
  }
  dependencies(template, logicalIds);
}

/** Throws for an `Fn::If` with an undefined condition, wherever it is, as CreateStack does but ValidateTemplate doesn't. */
export function validateConditions({ Conditions, Resources, Outputs }: Template): void {
  const missing = conditionsIn([Resources, Outputs]).find((name) => !Object.hasOwn(Conditions, name));
  if (missing === undefined) return;
  throw new ValidationError(`Template error: unresolved condition dependency ${missing} in Fn::If`);
}

function conditionsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, argument]) => {
    const named = name === 'Fn::If' && Array.isArray(argument) && typeof argument[0] === 'string' ? [argument[0]] : [];
    return [...named, ...conditionsIn(argument)];
  });
}

function unresolved(names: readonly string[], section: string): ValidationError {
  return new ValidationError(
    `Template format error: Unresolved resource dependencies [${[...new Set(names)].join(', ')}] in the ${section} block of the template`,
  );
}

function checkType(type: string, types: Readonly<Record<string, AnyResourceType>>): void {
  if (Object.hasOwn(types, type)) return;
  if (/^(AWS|Alexa)::\w+::\w+$/.test(type) || type.startsWith('Custom::')) {
    throw new UnsupportedError(`the resource type ${type}`);
  }
  throw new ValidationError(`Template format error: Unrecognized resource types: [${type}]`);
}

function checkAttribute(
  { name, attribute }: Reference,
  template: Template,
  types: Readonly<Record<string, AnyResourceType>>,
): void {
  const type = template.Resources[name]?.Type;
  if (attribute === undefined || type === undefined) return;
  const isTaken = (name: string) =>
    name === attribute || (name.endsWith('.*') && attribute.startsWith(name.slice(0, -1)));
  if (types[type]?.attributes?.some(isTaken)) return;
  throw new ValidationError(
    `Template error: resource ${name} does not support attribute type ${attribute} in Fn::GetAtt`,
  );
}
