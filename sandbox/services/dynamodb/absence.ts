/** An operand of a condition as dynalite parses it: a path, a value, or a function such as `size`. */
type Operand = readonly (string | number)[] | Readonly<Record<string, unknown>>;

/** A condition or filter as dynalite parses it. */
export interface Condition {
  readonly type: string;
  readonly name?: string;
  readonly args: readonly (Condition | Operand)[];
}

const and = (first: Condition, second: Condition): Condition => ({ type: 'and', args: [first, second] });
const or = (first: Condition, second: Condition): Condition => ({ type: 'or', args: [first, second] });
const call = (name: string, ...args: Operand[]): Condition => ({ type: 'function', name, args });
const compare = (type: string, ...args: Operand[]): Condition => ({ type, args });

/**
 * Returns a condition that is true for the same items, but that dynalite can decide for all of them: some of its
 * comparisons throw if attributes are absent or have another type, while they are false in DynamoDB
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html).
 */
export function decidable(condition: Condition): Condition {
  const { type, name } = condition;
  if (type === 'and' || type === 'or' || type === 'not') {
    return { type, args: condition.args.map((inner) => decidable(inner as Condition)) };
  }
  const operands = condition.args as readonly Operand[];
  const [subject = [], ...others] = operands;
  if (type === 'between') {
    const [least = [], most = []] = others;
    return and(decidable(compare('>=', subject, least)), decidable(compare('<=', subject, most)));
  }
  if (type === 'in') {
    return others.map((other) => decidable(compare('=', subject, other))).reduce(or);
  }
  if (type === 'function' && name === 'begins_with' && isFound(subject)) {
    const isText = or(call('attribute_type', subject, { S: 'S' }), call('attribute_type', subject, { S: 'B' }));
    return and(isText, condition);
  }
  if (['=', '<', '<=', '>', '>='].includes(type)) {
    return operands.filter(isFound).reduce((rest, operand) => and(call('attribute_exists', operand), rest), condition);
  }
  return condition;
}

/** Whether an operand can be absent: it isn't in the request, but in the item. */
function isFound(operand: Operand): boolean {
  return Array.isArray(operand) || 'type' in operand;
}
