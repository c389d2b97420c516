import type { World } from '../../calls/context.ts';
import { stacks } from '../cloudformation/records.ts';
import { liveStages } from '../execute-api/live.ts';
import { functionsForVisitors } from '../execute-api/visitors.ts';
import { type FunctionRecord, functions as records } from './records.ts';

/**
 * Gives the functions of the stack that was deployed last a process while the account starts: people join a room soon.
 */
export function prepareDeployedLast({ store, functions }: Pick<World, 'store' | 'functions'>): void {
  const own = new Set(deployedLast(store).map(({ FunctionArn }) => FunctionArn));
  const first = liveStages(store)
    .flatMap(functionsForVisitors)
    .filter((arn) => own.has(arn));
  for (const functionArn of new Set([...first, ...own])) functions.prepare(functionArn);
}

/** Returns the functions of the stack that was deployed last, in the order in which they changed. */
function deployedLast(store: World['store']): FunctionRecord[] {
  const all = records.scopes(store).flatMap((scope) => records.list(store, scope));
  // Not with `localeCompare`, which takes 10 ms the first time.
  return stacks
    .scopes(store)
    .flatMap((scope) => stacks.list(store, scope))
    .map(({ StackId, LastUpdatedTime, CreationTime }) => ({
      at: LastUpdatedTime ?? CreationTime,
      own: all.filter(({ tags }) => tags['aws:cloudformation:stack-id'] === StackId),
    }))
    .filter(({ own }) => own.length > 0)
    .reduce((last, stack) => (stack.at > last.at ? stack : last), { at: '', own: [] as FunctionRecord[] })
    .own.sort(({ latest: one }, { latest: other }) => Date.parse(one.LastModified) - Date.parse(other.LastModified));
}
