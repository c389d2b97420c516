/**
 * Returns the id that distinguishes a construct from others: its own, unless another construct has the same one, as
 * `new NodejsFunction(this, 'Function')` in a class gives it to all of them. Then it's the nearest id around it that the
 * others don't have; undefined if they share all of them. The stack's id doesn't count. `all` are everyone's paths,
 * with or without its own.
 */
export function distinctId(path: string, all: readonly string[]): string | undefined {
  const [last, ...around] = partsOf(path);
  const alike = all
    .filter((each) => each !== path)
    .map(partsOf)
    .filter(([id]) => id === last);
  if (alike.length === 0) return last;
  return around.find((id, index) => alike.every((parts) => parts[index + 1] !== id));
}

/** Returns the ids in a path below the stack, the innermost first. */
function partsOf(path: string): string[] {
  return path.split('/').slice(1).reverse();
}
