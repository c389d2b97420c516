import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Found ones, by where the search began: every check asks as it is loaded. */
const found = new Map<string, string>();

/** The workshop's folder: the nearest parent of this program whose package.json is the workshop's. */
export function workshopRoot(from = import.meta.dirname): string {
  const root = found.get(from) ?? nearest(from);
  found.set(from, root);
  return root;
}

function nearest(from: string): string {
  const path = join(from, 'package.json');
  if (existsSync(path) && (JSON.parse(readFileSync(path, 'utf8')) as { name?: string }).name === 'websocket-lab')
    return from;
  const parent = dirname(from);
  if (parent === from) throw new Error("The workshop's folder was not found.");
  return nearest(parent);
}
