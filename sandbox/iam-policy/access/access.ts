import { completedArn } from '../incomplete-arn.ts';
import type { Reading } from '../template.ts';
import { type Pattern, patternOf, type ValueOf } from './pattern.ts';
import type { Statement } from './statements.ts';
import { isEmpty, isIn, type Language, not } from './witness.ts';

/** Calls: every action of the one language, in lower case, on every resource of the other. */
export interface Calls {
  readonly actions: Language;
  readonly resources: Language;
}

const asterisk = '*'.charCodeAt(0);

/** The literal `*` in a policy, as the resource of actions without resources. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: it is a policy variable.
export const literalAsterisk = '${*}';

/** Everything that exists: `service:Action` on an ARN, or on `*` for an action without resources. */
export const everything: Calls = {
  actions: [{ patterns: [plain('?*:?*', 'arn')], negated: false }],
  resources: [{ patterns: [[asterisk], plain('arn:*:*:*:*:*')], negated: false }],
};

/** Returns a text's pattern, without variables. */
export function plain(text: string, reading: Reading = 'resource', fold = false): Pattern {
  const options = { reading, variables: false, fold, open: false, variable: () => undefined };
  return patternOf(text, options) ?? [];
}

/**
 * Returns the calls that a statement is about, ignoring its condition. A variable with an unknown value makes them too
 * many if `generous`, as for what could be allowed, and otherwise too few, as for what is surely denied.
 */
export function callsOf(statement: Statement, variable: ValueOf, generous: boolean): Calls {
  const { actions, isNotAction, resources, isNotResource, variables } = statement;
  const open = generous !== isNotResource;
  const texts = resources.flatMap((text) => [text, completedArn(text) ?? []].flat());
  return {
    actions: [
      ...everything.actions,
      { patterns: actions.map((text) => plain(text, 'like', true)), negated: isNotAction },
    ],
    resources: [
      ...everything.resources,
      {
        patterns: texts.flatMap((text) => {
          const pattern = patternOf(text, { reading: 'resource', variables, open, variable });
          return pattern === undefined ? [] : [pattern];
        }),
        negated: isNotResource,
      },
    ],
  };
}

/** Returns the intersection, or nothing if it is empty. */
export function intersect(some: Calls, others: Calls): Calls[] {
  const both = {
    actions: joined(some.actions, others.actions),
    resources: joined(some.resources, others.resources),
  };
  return isNone(both) ? [] : [both];
}

/** Returns some calls minus others, in parts. */
export function subtract(some: Calls, others: Calls): Calls[] {
  if (intersect(some, others).length === 0) return [some];
  const besides = (own: Language, clauses: Language) =>
    clauses.flatMap((clause) => (own.includes(clause) ? [] : [[...own, not(clause)]]));
  const parts = [
    ...besides(some.actions, others.actions).map((actions) => ({ actions, resources: some.resources })),
    ...besides(some.resources, others.resources).map((resources) => {
      return { actions: joined(some.actions, others.actions), resources };
    }),
  ];
  return parts.filter((part) => !isNone(part));
}

/** Returns some calls minus all of the others. */
export function subtractAll(some: readonly Calls[], others: readonly Calls[]): Calls[] {
  let left = [...some];
  for (const each of others) {
    if (left.length === 0) break;
    left = left.flatMap((part) => subtract(part, each));
  }
  return left;
}

/** Whether one call is among them. */
export function has({ actions, resources }: Calls, action: string, resource: string): boolean {
  return isIn(actions, action.toLowerCase()) && isIn(resources, resource);
}

function isNone({ actions, resources }: Calls): boolean {
  return isEmpty(actions) || isEmpty(resources);
}

/** The clauses of both, without duplicates. */
function joined(some: Language, others: Language): Language {
  return [...some, ...others.filter((clause) => !some.includes(clause))];
}
