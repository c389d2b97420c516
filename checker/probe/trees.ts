import { visitorName } from './visitor-name.ts';

/** How many objects have names at the handlers' own paths. */
const MOST = 2;

/** An object with a name in each field, or another value, at any depth. */
export type Tree = { [field: string]: string | number | Tree };

/**
 * Returns objects that have a name at each of these paths, by default a different one. Where one path is the beginning
 * of another, it is in another object.
 */
export function treesOf(paths: ReadonlyArray<readonly string[]>, name = () => visitorName()): Tree[] {
  const trees: Tree[] = [];
  for (const path of paths)
    if (!trees.some((tree) => hasPut(tree, path, name))) hasPut(trees[trees.push({}) - 1] ?? {}, path, name);
  return trees.slice(0, MOST);
}

/** Returns an object with a text in each object in it, too: a room can read a whole message from there. */
export function withText(tree: Tree, text: string): Tree {
  return Object.fromEntries(
    Object.entries(tree).map(([field, value]) => [
      field,
      typeof value === 'object' ? { ...withText(value, text), text } : value,
    ]),
  );
}

function hasPut(tree: Tree, path: readonly string[], name: () => string): boolean {
  const [last = '', ...above] = [...path].reverse();
  let inner = tree;
  for (const field of above.reverse()) {
    const next = Object.hasOwn(inner, field) ? inner[field] : {};
    if (typeof next !== 'object') return false;
    inner[field] = next;
    inner = next;
  }
  if (Object.hasOwn(inner, last)) return false;
  inner[last] = name();
  return true;
}
