import type { AnyCheck } from './check.ts';

/** Returns the ids of the checks that one needs, and of those that they need. */
export function neededBy({ needs }: Pick<AnyCheck, 'needs'>, checks: readonly AnyCheck[]): ReadonlySet<string> {
  const needed = new Set(needs);
  // A set that grows during the iteration: added elements are visited, too.
  for (const id of needed) for (const need of checks.find((each) => each.id === id)?.needs ?? []) needed.add(need);
  return needed;
}

/** Each check comes after those that it needs; otherwise, in the listed order. */
export function inOrder(checks: readonly AnyCheck[]): AnyCheck[] {
  const left = [...checks];
  const placed = new Set<string>();
  const order: AnyCheck[] = [];
  while (left.length > 0) {
    const index = left.findIndex(({ needs }) => needs.every((need) => placed.has(need)));
    const [check] = left.splice(index, index === -1 ? 0 : 1);
    if (check === undefined) {
      throw new Error(
        `These checks depend on each other, or on one that doesn't exist: ${left.map(({ id }) => id).join(', ')}.`,
      );
    }
    placed.add(check.id);
    order.push(check);
  }
  return order;
}
