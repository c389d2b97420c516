/**
 * Returns the id in a construct's path that tells it from others: its own, unless another has that, too, as
 * `new NodejsFunction(this, 'Function')` in a class gives it to all of them. Then it is the nearest id around it in which
 * they differ. Undefined if there is none. The first part of a path, which is the stack, tells nothing apart. `all`: their
 * paths, with its own or without.
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
