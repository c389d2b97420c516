import { labs } from '../../../checker/workshop/labs.ts';
import { withLabs } from '../../write/labs.ts';
import type { Page } from '../pages.ts';

/** Returns the pages whose lists, quotations or minutes differ from what the labs' `lab.ts` say. */
export function staleLabs({ path, text }: Page): string[] {
  return withLabs(path, text, labs) === text ? [] : [`${path}: its labs are stale: run \`npm run docs:write\``];
}
