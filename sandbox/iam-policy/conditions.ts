import { type Comparison, operators } from './operators.ts';
import type { RequestContext } from './request-context.ts';

/** One operator with one key of a Condition element, compiled. All of a statement's must be true. */
export interface Condition {
  /** The context keys that it uses, including its variables', as the policy spells them. */
  readonly keys: readonly string[];
  holds(context: RequestContext): boolean;
}

/** An operator's name in parts: `ForAllValues:StringLikeIfExists`. */
export interface OperatorName {
  readonly quantifier: 'all' | 'any' | undefined;
  /** In lower case. */
  readonly base: string;
  readonly ifExists: boolean;
}

export function operatorName(name: string): OperatorName {
  const found = /^(?:(forallvalues|foranyvalue):)?(.*?)(ifexists)?$/.exec(name.toLowerCase());
  return {
    quantifier: found?.[1] === undefined ? undefined : found[1] === 'forallvalues' ? 'all' : 'any',
    base: found?.[2] ?? '',
    ifExists: found?.[3] !== undefined,
  };
}

/** Whether AWS has the operator. `Null` can't be combined with IfExists: it tests existence itself. */
export function isOperator(name: string): boolean {
  const { base, ifExists } = operatorName(name);
  return Object.hasOwn(operators, base) || (base === 'null' && !ifExists);
}

/** Compiles a Condition element. An unknown operator is false for every request. */
export function conditionsOf(element: unknown, variables: boolean): readonly Condition[] {
  if (element === undefined) return [];
  if (!isObject(element)) return [{ keys: [], holds: () => false }];
  return Object.entries(element).flatMap(([name, block]) =>
    isObject(block)
      ? Object.entries(block).map(([key, value]) => conditionOf(name, key, textsOf(value), variables))
      : [{ keys: [], holds: () => false }],
  );
}

function conditionOf(name: string, key: string, values: readonly string[], variables: boolean): Condition {
  const { quantifier, base, ifExists } = operatorName(name);
  if (!isOperator(name)) return { keys: [key], holds: () => false };
  const operator = operators[base];
  if (operator === undefined) {
    const wanted = values.map((value) => value.toLowerCase());
    return {
      keys: [key],
      holds: (context) => wanted.includes(context.values(key) === undefined ? 'true' : 'false'),
    };
  }
  const comparisons = values.map((value) => operator.compile(value, variables));
  const whenMissing = ifExists || quantifier === 'all' || (quantifier === undefined && operator.negated);
  return {
    keys: [key, ...comparisons.flatMap((comparison) => comparison.keys)],
    holds(context) {
      const given = context.values(key);
      if (given === undefined) return whenMissing;
      // "A null dataset, such as an empty string" counts as no value for set operators.
      if (quantifier !== undefined && given.every((value) => value === '')) return quantifier === 'all';
      const holds = (value: string) => some(comparisons, value, context) !== operator.negated;
      // A single-valued operator on several values: any may match; for a negated one, none may.
      return quantifier === 'any' || (quantifier === undefined && !operator.negated)
        ? given.some(holds)
        : given.every(holds);
    },
  };
}

function some(comparisons: readonly Comparison[], value: string, context: RequestContext): boolean {
  for (const comparison of comparisons) if (comparison.matches(value, context)) return true;
  return false;
}

/** A value or a list of values, as strings: policies can have bare `true` and `5`. Others are left out. */
export function textsOf(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value])
    .filter((item) => typeof item === 'string' || typeof item === 'number' || typeof item === 'boolean')
    .map(String);
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
