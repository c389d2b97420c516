import type { World } from '../../calls/context.ts';
import { stacks } from '../cloudformation/records.ts';
import { type FunctionRecord, functions as records } from './records.ts';

/** Those who join a room at once would wait longer beside other starts. In milliseconds. */
const moment = 500;

/**
 * Gives the functions of the stack that was deployed last a process a moment after the account has started: people join
 * a room soon. Returns a function that cancels it.
 */
export function prepareDeployedLast({ store, functions }: Pick<World, 'store' | 'functions'>): () => void {
  const soon = setTimeout(() => {
    for (const { FunctionArn } of deployedLast(store)) functions.prepare(FunctionArn);
  }, moment).unref();
  return () => clearTimeout(soon);
}

/** Returns the functions of the stack that was deployed last, in the order in which they changed. */
function deployedLast(store: World['store']): FunctionRecord[] {
  const all = records.scopes(store).flatMap((scope) => records.list(store, scope));
  return stacks
    .scopes(store)
    .flatMap((scope) => stacks.list(store, scope))
    .map(({ StackId, LastUpdatedTime, CreationTime }) => ({
      at: LastUpdatedTime ?? CreationTime,
      own: all.filter(({ tags }) => tags['aws:cloudformation:stack-id'] === StackId),
    }))
    .filter(({ own }) => own.length > 0)
    .reduce((last, stack) => (stack.at > last.at ? stack : last), { at: '', own: [] as FunctionRecord[] })
    .own.sort((one, other) => one.latest.LastModified.localeCompare(other.latest.LastModified));
}
