import { withNumbers } from '../../write/scale.ts';
import type { Page } from '../pages.ts';

/** Returns the pages whose numbers about cost and scale are not those that `checker/scale/` comes to. */
export function staleNumbers({ path, text }: Page): string[] {
  return withNumbers(path, text) === text ? [] : [`${path}: its numbers are stale: run \`npm run docs:write\``];
}
