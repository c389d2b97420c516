import { UnsupportedError } from '../../../calls/errors.ts';
import { refuseReservedTags } from '../../../calls/reserved-tags.ts';
import type { AnyResourceType } from '../resources/resource-type.ts';
import { ValidationError } from '../validation-error.ts';

/**
 * Returns a resource's properties for its handler: unsupported ones and unknown members are rejected by name, required
 * ones must be present, and strings become numbers or booleans if the type says so.
 */
export function checkedProperties(
  logicalId: string,
  typeName: string,
  type: AnyResourceType,
  properties: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  for (const name of Object.keys(properties)) {
    if (!Object.hasOwn(type.properties, name)) throw new UnsupportedError(`the property ${name} of ${typeName}`);
  }
  const missing = (type.required ?? []).find((name) => properties[name] === undefined);
  const wrong = [
    ...(missing === undefined ? [] : [`#: required key [${missing}] not found`]),
    ...wrongMembers(type, properties),
  ];
  if (wrong.length > 0) {
    throw new ValidationError(
      `Properties validation failed for resource ${logicalId} with message:\n${wrong.join('\n')}`,
    );
  }
  refuseReservedTags(properties, 'cloudformation');
  return typed(properties, type) as Readonly<Record<string, unknown>>;
}

/** Names of members are case-sensitive: https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1514 */
function wrongMembers(type: AnyResourceType, properties: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(type.members ?? {}).flatMap(([name, known = []]) => {
    const value = properties[name];
    if (value === undefined) return [];
    const found = typeInSchema(value);
    if (found !== 'JSONObject') return [`#/${name}: expected type: JSONObject, found: ${found}`];
    return Object.keys(Object(value))
      .filter((member) => !known.includes(member))
      .map((member) => `#/${name}: extraneous key [${member}] is not permitted`);
  });
}

/**
 * Returns the name that CloudFormation's schema validation, written in Java, has for a value's type:
 * https://github.com/aws-cloudformation/cfn-lint/issues/3223
 */
function typeInSchema(value: unknown): string {
  if (value === null) return 'Null';
  if (Array.isArray(value)) return 'JSONArray';
  if (typeof value === 'object') return 'JSONObject';
  if (typeof value === 'number') return Number.isInteger(value) ? 'Integer' : 'BigDecimal';
  return typeof value === 'boolean' ? 'Boolean' : 'String';
}

function typed(value: unknown, type: AnyResourceType, name = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => typed(item, type, name));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([member, inner]) => [member, typed(inner, type, member)]));
  }
  if (type.numbers?.includes(name) && typeof value === 'string' && value !== '' && Number.isFinite(Number(value))) {
    return Number(value);
  }
  if (type.booleans?.includes(name) && (value === 'true' || value === 'false')) return value === 'true';
  return value;
}
