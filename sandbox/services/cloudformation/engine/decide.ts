import { ValidationError } from '../validation-error.ts';
import type { Value } from './template.ts';
import type { TemplateValues } from './template-values.ts';

type Resolve = (value: Value, values: TemplateValues) => Value;

/**
 * The functions of Conditions and Rules, which return true or false; undefined if the name isn't one of them
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-conditions.html,
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-rules.html).
 */
export function decide(name: string, argument: Value, values: TemplateValues, resolve: Resolve): boolean | undefined {
  const decision = decisions[name];
  if (decision === undefined) return undefined;
  if (!Array.isArray(argument))
    throw new ValidationError(`Template error: every ${name} object requires a list of parameters.`);
  return decision(argument.map((item) => resolve(item, values)));
}

const decisions: Readonly<Record<string, (items: readonly unknown[]) => boolean>> = {
  'Fn::Equals': ([a, b]) => JSON.stringify(plain(a)) === JSON.stringify(plain(b)),
  'Fn::And': (items) => items.every(isTrue),
  'Fn::Or': (items) => items.some(isTrue),
  'Fn::Not': ([item]) => !isTrue(item),
  'Fn::Contains': ([list, item]) => Array.isArray(list) && list.map(plain).includes(plain(item)),
  'Fn::EachMemberEquals': ([list, item]) =>
    Array.isArray(list) && list.every((member) => plain(member) === plain(item)),
  'Fn::EachMemberIn': ([list, allowed]) =>
    Array.isArray(list) && Array.isArray(allowed) && list.every((member) => allowed.map(plain).includes(plain(member))),
};

/** Numbers and booleans in a template compare as strings, like parameters. */
function plain(value: unknown): unknown {
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
}

function isTrue(value: unknown): boolean {
  return value === true || value === 'true';
}
