import { UnsupportedError } from '../../../calls/errors.ts';
import { ValidationError } from '../validation-error.ts';
import { decide } from './decide.ts';
import { splitAttribute, substitution } from './references.ts';
import type { Value } from './template.ts';
import { type TemplateValues, Unknown, unknownIn } from './template-values.ts';

/**
 * Resolves the intrinsic functions of a value
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html).
 * `undefined` is AWS::NoValue, whose member is left out; anything that depends on an unknown value is `Unknown`.
 */
export function resolve(value: Value, values: TemplateValues): Value {
  if (typeof value === 'string') return withoutDynamicReference(value);
  if (Array.isArray(value)) return value.map((item) => resolve(item, values)).filter((item) => item !== undefined);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value);
  const [name, argument] = members[0] ?? [];
  if (members.length === 1 && name !== undefined && isFunction(name)) return call(name, argument, values);
  return Object.fromEntries(
    members
      .map(([member, inner]) => [member, resolve(inner, values)] as const)
      .filter(([, inner]) => inner !== undefined),
  );
}

type Intrinsic = (argument: Value, values: TemplateValues) => Value;

const intrinsics: Readonly<Record<string, Intrinsic>> = {
  Ref: (name, values) => values.ref(text(name, 'Ref')),
  Condition: (name, values) => values.condition(text(name, 'Condition')),
  'Fn::GetAtt': (argument, values) => {
    const found = splitAttribute(argument);
    if (found === undefined) throw malformed('Fn::GetAtt', 'a list of two non-empty strings');
    return values.attribute(found.name, found.attribute);
  },
  'Fn::Sub': substitute,
  'Fn::Join': known((argument) => {
    const [delimiter, items] = list('Fn::Join', argument);
    return list('Fn::Join', items)
      .map((item) => text(item, 'Fn::Join'))
      .join(text(delimiter, 'Fn::Join'));
  }),
  'Fn::Split': known((argument) => {
    const [delimiter, source] = list('Fn::Split', argument);
    return text(source, 'Fn::Split').split(text(delimiter, 'Fn::Split'));
  }),
  'Fn::Select': known((argument) => {
    const [index, items] = list('Fn::Select', argument);
    const item = list('Fn::Select', items)[Number(index)];
    if (item === undefined)
      throw new ValidationError(`Template error: Fn::Select cannot select nonexistent value at index ${index}`);
    return item;
  }),
  'Fn::Base64': known((argument) => Buffer.from(text(argument, 'Fn::Base64')).toString('base64')),
  'Fn::FindInMap': known((argument, values) => {
    const [map, top, second, ...rest] = list('Fn::FindInMap', argument).map((item) => text(item, 'Fn::FindInMap'));
    if (map === undefined || top === undefined || second === undefined || rest.length > 0) {
      throw malformed('Fn::FindInMap', 'a list of three strings');
    }
    return values.mapping(map, top, second);
  }),
  'Fn::ImportValue': known((name, values) => values.exported(text(name, 'Fn::ImportValue'))),
  'Fn::GetAZs': known((region, values) => {
    const name = text(region, 'Fn::GetAZs') || values.region;
    return ['a', 'b', 'c'].map((zone) => name + zone);
  }),
  'Fn::If': (argument, values) => {
    const [condition, whenTrue, whenFalse, ...rest] = list('Fn::If', argument);
    if (rest.length > 0 || (argument as unknown[]).length < 3) throw malformed('Fn::If', 'a list of 3 parameters');
    return resolve(values.condition(text(condition, 'Fn::If')) ? whenTrue : whenFalse, values);
  },
};

/** `Fn::Equals`, `Fn::And` and the like are only allowed in conditions and rules. */
function isFunction(name: string): boolean {
  return name === 'Ref' || name === 'Condition' ? true : name.startsWith('Fn::');
}

function call(name: string, argument: Value, values: TemplateValues): Value {
  const intrinsic = intrinsics[name];
  if (intrinsic !== undefined) {
    // A member with that name is data if its value isn't a string: a policy statement's `Condition` is an object.
    if (name === 'Condition' && typeof argument !== 'string') return { Condition: resolve(argument, values) };
    return intrinsic(argument, values);
  }
  const decision = decide(name, argument, values, resolve);
  if (decision === undefined) throw new UnsupportedError(`the intrinsic function ${name}`);
  return decision;
}

/** For functions of resolved arguments: one unknown makes the whole value unknown. */
function known(intrinsic: Intrinsic): Intrinsic {
  return (argument, values) => {
    const resolved = resolve(argument, values);
    return unknownIn(resolved) ?? intrinsic(resolved, values);
  };
}

function substitute(argument: Value, values: TemplateValues): Value {
  const [template, own = {}] = Array.isArray(argument) ? (argument as unknown[]) : [argument];
  if (typeof template !== 'string') {
    throw new ValidationError(
      "Template error: One or more Fn::Sub intrinsic functions don't specify expected arguments. Specify a string as first argument, and an optional second argument to specify a mapping of values to replace in the string",
    );
  }
  const variables = resolve(own, values) as Record<string, Value>;
  let unknown: Unknown | undefined;
  const result = template.replaceAll(substitution, (_whole, inner: string) => {
    const name = inner.trim();
    const found = splitAttribute(name);
    const value = Object.hasOwn(variables, name)
      ? variables[name]
      : found === undefined
        ? values.ref(name)
        : values.attribute(found.name, found.attribute);
    if (value instanceof Unknown) unknown = value;
    return value instanceof Unknown ? '' : text(value, 'Fn::Sub');
  });
  return unknown ?? result.replaceAll('${!', '${');
}

function withoutDynamicReference(value: string): string {
  const reference = /\{\{resolve:(\w[\w-]*):/.exec(value);
  if (reference !== null) throw new UnsupportedError(`dynamic references ({{resolve:${reference[1]}:…}})`);
  return value;
}

function text(value: Value, name: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value) && name === 'Fn::Sub') return value.join(',');
  throw new ValidationError(`Template error: every ${name} object must have text for its values.`);
}

function list(name: string, value: Value): unknown[] {
  if (Array.isArray(value)) return value;
  throw malformed(name, 'a list');
}

function malformed(name: string, wanted: string): ValidationError {
  return new ValidationError(`Template error: every ${name} object requires ${wanted}`);
}
