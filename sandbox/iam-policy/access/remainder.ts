import { type Calls, callsOf, everything, intersect, subtractAll } from './access.ts';
import { type Certainty, certaintyOf, type Fixed } from './certainty.ts';
import { type Statement, statementsOf } from './statements.ts';

/** The policies that decide what a principal is allowed in its own account, as JSON text or parsed. */
export interface Policies<Policy extends { readonly document: unknown }> {
  readonly identity: readonly Policy[];
  readonly boundary?: unknown;
}

/** A statement that allows calls, and which of them are left. */
export interface Remainder<Policy> {
  readonly policy: Policy;
  readonly statement: Statement;
  /** Whether the statement's condition is always true. One that is never true leaves nothing. */
  readonly certainty: Exclude<Certainty, 'never'>;
  readonly left: readonly Calls[];
}

/**
 * Subtracts calls from the calls that policies allow, and returns the rest by the statement that allows it; nothing if
 * they allow only those calls.
 *
 * Allowed are the calls of the identity policies' Allow statements, limited by the boundary, minus those that either
 * surely denies. A condition that can become true counts as true in an Allow, and as false in a Deny, so the result can
 * be too large but never too small. Throws TooComplex if the patterns can't be compared.
 */
export function remainder<Policy extends { readonly document: unknown }>(
  { identity, boundary }: Policies<Policy>,
  without: readonly Calls[],
  fixed: Fixed,
): Remainder<Policy>[] {
  const variable = (key: string) => {
    return Object.entries(fixed.keys).find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1];
  };
  const read = (document: unknown) =>
    statementsOf(document).map((statement) => {
      return { statement, certainty: certaintyOf(statement.condition, statement.variables, fixed) };
    });
  const own = identity.flatMap((policy) => read(policy.document).map((each) => ({ policy, ...each })));
  const above = boundary === undefined ? [] : read(boundary);
  const denied = [...own, ...above].flatMap(({ statement, certainty }) =>
    statement.effect === 'Deny' && certainty === 'always' ? [callsOf(statement, variable, false)] : [],
  );
  const bounds = above.flatMap(({ statement, certainty }) =>
    statement.effect === 'Allow' && certainty !== 'never' ? [callsOf(statement, variable, true)] : [],
  );
  return own.flatMap(({ policy, statement, certainty }) => {
    if (statement.effect !== 'Allow' || certainty === 'never') return [];
    const calls = callsOf(statement, variable, true);
    const within =
      boundary === undefined ? intersect(calls, everything) : bounds.flatMap((bound) => intersect(calls, bound));
    const left = subtractAll(within, [...denied, ...without]);
    return left.length === 0 ? [] : [{ policy, statement, certainty, left }];
  });
}
