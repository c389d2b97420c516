import { conditionsOf, isObject, operatorName, textsOf } from '../conditions.ts';
import { RequestContext } from '../request-context.ts';
import { instantOf, numberOf } from '../values.ts';

/** Whether a condition is true for every call of a principal, from now on forever. */
export type Certainty = 'always' | 'sometimes' | 'never';

/** Constant context of the principal's calls. */
export interface Fixed {
  /** Context keys with their values: `aws:PrincipalArn`. */
  readonly keys: Readonly<Record<string, string>>;
  /** The time of the question, in milliseconds. Time only goes forward. */
  readonly now: number;
}

/**
 * Returns how certain a Condition element is for a principal. A key that differs between calls, or that somebody can
 * change, makes it `sometimes`: a future date, an address, a resource's tag.
 */
export function certaintyOf(element: unknown, variables: boolean, fixed: Fixed): Certainty {
  if (element === undefined) return 'always';
  if (!isObject(element)) return 'never';
  const each = Object.entries(element).flatMap(([operator, block]): Certainty[] =>
    isObject(block)
      ? Object.entries(block).map(([key, value]) => certaintyOfOne(operator, key, value, variables, fixed))
      : ['never'],
  );
  if (each.includes('never')) return 'never';
  return each.every((one) => one === 'always') ? 'always' : 'sometimes';
}

function certaintyOfOne(
  operator: string,
  key: string,
  value: unknown,
  variables: boolean,
  { keys, now }: Fixed,
): Certainty {
  const { base, quantifier } = operatorName(operator);
  const name = key.toLowerCase();
  const [condition] = conditionsOf({ [operator]: { [key]: value } }, variables);
  const isFixed = (each: string) => Object.keys(keys).some((known) => known.toLowerCase() === each.toLowerCase());
  if (condition?.keys.every(isFixed) === true) return condition.holds(new RequestContext(keys)) ? 'always' : 'never';
  if (base === 'null' && (name === 'aws:currenttime' || name === 'aws:epochtime')) {
    return textsOf(value).some((each) => each.toLowerCase() === 'false') ? 'always' : 'never';
  }
  const read = base.startsWith('date') ? instantOf : base.startsWith('numeric') ? seconds : undefined;
  const isTime = name === 'aws:epochtime' || (name === 'aws:currenttime' && base.startsWith('date'));
  if (read === undefined || !isTime || quantifier !== undefined) return 'sometimes';
  return inTime(
    base.replace(/^date|^numeric/, ''),
    textsOf(value).flatMap((text) => read(text) ?? []),
    now,
  );
}

function seconds(text: string): number | undefined {
  const number = numberOf(text);
  return number === undefined ? undefined : number * 1000;
}

/** The result of comparing the current time with these instants, over time. */
function inTime(order: string, instants: readonly number[], now: number): Certainty {
  const isAhead = instants.some((instant) => instant > now);
  switch (order) {
    case 'lessthan':
    case 'lessthanequals':
    case 'equals':
      return isAhead ? 'sometimes' : 'never';
    case 'notequals':
      return isAhead ? 'sometimes' : 'always';
    default:
      if (instants.some((instant) => instant < now)) return 'always';
      return instants.length === 0 ? 'never' : 'sometimes';
  }
}
