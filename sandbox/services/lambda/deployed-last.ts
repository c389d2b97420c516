import type { World } from '../../calls/context.ts';
import { functions } from './records.ts';

const STACK = 'aws:cloudformation:stack-id';

/** Returns the ARNs of the functions of the stack that changed one last, the one that changed first before the others. */
export function functionsDeployedLast({ store }: Pick<World, 'store'>): string[] {
  const all = functions.scopes(store).flatMap((scope) => functions.list(store, scope));
  const byTime = all.sort((one, other) => one.latest.LastModified.localeCompare(other.latest.LastModified));
  const stack = byTime.at(-1)?.tags[STACK];
  return byTime.flatMap(({ tags, FunctionArn }) => (tags[STACK] === stack ? FunctionArn : []));
}
