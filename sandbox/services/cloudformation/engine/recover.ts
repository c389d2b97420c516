import type { Caller } from '../../../calls/caller.ts';
import type { Perform, World } from '../../../calls/context.ts';
import { InterruptedError } from '../deployments.ts';
import { type StackRecord, stacks } from '../records.ts';
import { resourceTypes } from '../resources.ts';
import { continueRollback, deleteStack, rollBackCreation } from './delete.ts';
import type { EngineNeeds } from './engine.ts';
import { moveStack, type Run, stackOf } from './journal.ts';
import { cleanUp, continueUpdateRollback, rollBackUpdate } from './rollback.ts';
import { settle } from './settle.ts';

const interruption = 'The practice account ended during this operation. ';

/** How to finish each interrupted operation, by the status in which it was interrupted. */
const continuations: Readonly<Record<string, (run: Run) => Promise<void>>> = {
  CREATE_IN_PROGRESS: (run) => rollBackCreation(run, interruption),
  ROLLBACK_IN_PROGRESS: continueRollback,
  UPDATE_IN_PROGRESS: (run) => rollBackUpdate(run, interruption),
  UPDATE_ROLLBACK_IN_PROGRESS: continueUpdateRollback,
  UPDATE_COMPLETE_CLEANUP_IN_PROGRESS: (run) => cleanUp(run, 'UPDATE_COMPLETE'),
  UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS: (run) => cleanUp(run, 'UPDATE_ROLLBACK_COMPLETE'),
  DELETE_IN_PROGRESS: deleteStack,
};

/** The status of a stack that couldn't be finished, by its status then. */
const failures: Readonly<Record<string, string>> = {
  CREATE_IN_PROGRESS: 'CREATE_FAILED',
  ROLLBACK_IN_PROGRESS: 'ROLLBACK_FAILED',
  UPDATE_COMPLETE_CLEANUP_IN_PROGRESS: 'UPDATE_FAILED',
  DELETE_IN_PROGRESS: 'DELETE_FAILED',
};

/** Messages to the person who runs the account, by the resulting status. */
const messages: Readonly<Record<string, string>> = {
  ROLLBACK_COMPLETE: 'was interrupted; everything it had created was deleted.',
  UPDATE_ROLLBACK_COMPLETE: 'was interrupted; it was rolled back to the previous state.',
  UPDATE_COMPLETE: 'was interrupted after its last change; it is now complete.',
  DELETE_COMPLETE: 'was interrupted while it was being deleted; it is now deleted.',
};

/**
 * Finishes every stack operation that a crash interrupted, from what was recorded before each step. Call it at start,
 * before anybody else is admitted. Resolves when all have ended, and reports each result. One that can't be finished is
 * marked as failed: the account starts, and the stack can be deleted.
 */
export async function recoverStacks(
  world: Pick<World, EngineNeeds | 'say'>,
  performAs: (caller: Caller, region: string) => Perform,
): Promise<void> {
  const interrupted = stacks
    .scopes(world.store)
    .flatMap((scope) => stacks.list(world.store, scope).filter(({ operation }) => operation !== undefined));
  await Promise.all(
    interrupted.map((stack) =>
      recover(stack, world, performAs).catch((error) =>
        world.say(`The stack ${stack.StackName} couldn't be recovered: ${error?.stack ?? error}`),
      ),
    ),
  );
}

async function recover(
  stack: StackRecord,
  world: Pick<World, EngineNeeds | 'say'>,
  performAs: (caller: Caller, region: string) => Perform,
): Promise<void> {
  const continuation = continuations[stack.StackStatus];
  const { StackId, StackName, operation } = stack;
  const [, , , region = '', accountId = ''] = StackId.split(':');
  if (continuation === undefined || operation === undefined) return;
  const perform = performAs(operation.caller, region);
  const run: Run = { stackId: StackId, engine: { ...world, types: resourceTypes, accountId, region, perform } };
  try {
    await continuation(run);
  } catch (error) {
    if (error instanceof InterruptedError) return;
    await giveUp(run, error);
  }
  const { StackStatus, StackStatusReason = '' } = stackOf(run);
  const outcome =
    messages[StackStatus] ?? `was interrupted and couldn't be rolled back: it is ${StackStatus}. ${StackStatusReason}`;
  world.say(`The deployment of ${StackName} ${outcome.trimEnd()}`);
}

async function giveUp(run: Run, error: unknown): Promise<void> {
  const { StackStatus } = stackOf(run);
  const StackStatusReason = `The practice account couldn't recover it: ${error instanceof Error ? error.message : error}. `;
  const failed = failures[StackStatus];
  if (failed !== undefined) return settle(run, failed, { StackStatusReason });
  // An update's rollback can be continued, so its operation and changes are kept.
  await moveStack(run, 'UPDATE_ROLLBACK_FAILED', { StackStatusReason });
}
