import type { RequestContext } from './request-context.ts';
import { type Reading, templateOf } from './template.ts';
import { addressMatcher, instantOf, numberOf } from './values.ts';

/** One value of a condition, compiled: does this value of the request match it? */
export interface Comparison {
  readonly keys: readonly string[];
  matches(value: string, context: RequestContext): boolean;
}

/** A condition operator. A negated one is true if its comparison is false, and therefore also if the key is missing. */
export interface Operator {
  readonly negated: boolean;
  compile(value: string, variables: boolean): Comparison;
}

type Compile = Operator['compile'];

function text(reading: Reading, fold = false): Compile {
  return (value, variables) => {
    const template = templateOf(value, reading, variables, fold);
    return {
      keys: template.keys,
      matches: (given, context) => template.matcher(context)?.(fold ? given.toLowerCase() : given) ?? false,
    };
  };
}

const arn: Compile = (value, variables) => {
  const { keys, matches } = text('arn')(value, variables);
  // "Each of the six colon-delimited components of the ARN is checked separately": a pattern with fewer matches
  // nothing, unless a variable contains the others. And a value that isn't an ARN matches no ARN operator.
  const isWhole = keys.length > 0 || value.split(':').length >= 6;
  return { keys, matches: (given, context) => isWhole && /^arn:(?:[^:]*:){4}/.test(given) && matches(given, context) };
};

// Only strings and ARNs can have policy variables:
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-wheretouse
const bool: Compile = (value) => {
  const { keys, matches } = text('exact', true)(value, false);
  return { keys, matches: (given, context) => /^(?:true|false)$/i.test(given) && matches(given, context) };
};

const binary: Compile = (value) => {
  const bytes = bytesOf(value);
  return { keys: [], matches: (given) => bytes !== undefined && bytesOf(given)?.equals(bytes) === true };
};

function bytesOf(base64: string): Buffer | undefined {
  return /^[A-Za-z0-9+/]*={0,2}$/.test(base64) ? Buffer.from(base64, 'base64') : undefined;
}

const address: Compile = (value) => ({ keys: [], matches: addressMatcher(value) });

function ordered(
  read: (value: string) => number | undefined,
  holds: (given: number, value: number) => boolean,
): Compile {
  return (value) => {
    const limit = read(value);
    return {
      keys: [],
      matches(given) {
        const number = read(given);
        return number !== undefined && limit !== undefined && holds(number, limit);
      },
    };
  };
}

const equal = (given: number, value: number) => given === value;
const less = (given: number, value: number) => given < value;
const lessOrEqual = (given: number, value: number) => given <= value;
const greater = (given: number, value: number) => given > value;
const greaterOrEqual = (given: number, value: number) => given >= value;

const is = (compile: Compile): Operator => ({ negated: false, compile });
const isNot = (compile: Compile): Operator => ({ negated: true, compile });

/**
 * AWS's condition operators except `Null`, by their names in lower case
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html). A value that
 * can't be parsed as a number, a date or an address matches nothing.
 */
export const operators: Readonly<Record<string, Operator>> = {
  stringequals: is(text('exact')),
  stringnotequals: isNot(text('exact')),
  stringequalsignorecase: is(text('exact', true)),
  stringnotequalsignorecase: isNot(text('exact', true)),
  stringlike: is(text('like')),
  stringnotlike: isNot(text('like')),
  numericequals: is(ordered(numberOf, equal)),
  numericnotequals: isNot(ordered(numberOf, equal)),
  numericlessthan: is(ordered(numberOf, less)),
  numericlessthanequals: is(ordered(numberOf, lessOrEqual)),
  numericgreaterthan: is(ordered(numberOf, greater)),
  numericgreaterthanequals: is(ordered(numberOf, greaterOrEqual)),
  dateequals: is(ordered(instantOf, equal)),
  datenotequals: isNot(ordered(instantOf, equal)),
  datelessthan: is(ordered(instantOf, less)),
  datelessthanequals: is(ordered(instantOf, lessOrEqual)),
  dategreaterthan: is(ordered(instantOf, greater)),
  dategreaterthanequals: is(ordered(instantOf, greaterOrEqual)),
  bool: is(bool),
  binaryequals: is(binary),
  ipaddress: is(address),
  notipaddress: isNot(address),
  arnequals: is(arn),
  arnlike: is(arn),
  arnnotequals: isNot(arn),
  arnnotlike: isNot(arn),
};
