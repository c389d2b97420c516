import type { Caller, Perform, World } from '../../../calls/context.ts';
import { InterruptedError } from '../deployments.ts';
import { type StackRecord, stacks } from '../records.ts';
import { resourceTypes } from '../resources.ts';
import { continueRollback, deleteStack, rollBackCreation } from './delete.ts';
import type { EngineNeeds } from './engine.ts';
import { moveStack, type Run, stackOf } from './journal.ts';
import { cleanUp, continueUpdateRollback, rollBackUpdate } from './rollback.ts';
import { settle } from './settle.ts';

const interruption = 'The practice account ended during this operation. ';

/** How each operation that was cut off is brought to an end, by the status it was cut off at. */
const continuations: Readonly<Record<string, (run: Run) => Promise<void>>> = {
  CREATE_IN_PROGRESS: (run) => rollBackCreation(run, interruption),
  ROLLBACK_IN_PROGRESS: continueRollback,
  UPDATE_IN_PROGRESS: (run) => rollBackUpdate(run, interruption),
  UPDATE_ROLLBACK_IN_PROGRESS: continueUpdateRollback,
  UPDATE_COMPLETE_CLEANUP_IN_PROGRESS: (run) => cleanUp(run, 'UPDATE_COMPLETE'),
  UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS: (run) => cleanUp(run, 'UPDATE_ROLLBACK_COMPLETE'),
  DELETE_IN_PROGRESS: deleteStack,
};

/** What a stack becomes that could not be brought to an end, by the status it is at then. */
const failures: Readonly<Record<string, string>> = {
  CREATE_IN_PROGRESS: 'CREATE_FAILED',
  ROLLBACK_IN_PROGRESS: 'ROLLBACK_FAILED',
  UPDATE_COMPLETE_CLEANUP_IN_PROGRESS: 'UPDATE_FAILED',
  DELETE_IN_PROGRESS: 'DELETE_FAILED',
};

/** What the person is told, by the status that this leads to. */
const tidings: Readonly<Record<string, string>> = {
  ROLLBACK_COMPLETE: 'was interrupted; what it had made was deleted again.',
  UPDATE_ROLLBACK_COMPLETE: 'was interrupted; it was rolled back to what was there before.',
  UPDATE_COMPLETE: 'was interrupted after its last change; it is complete now.',
  DELETE_COMPLETE: 'was being deleted and was interrupted; it is deleted now.',
};

/**
 * Brings every stack operation that a crash cut off to its end, from what was written down before each step. Call
 * at start, before anybody else is let in. Resolves when all have ended, and says what became of each. One that
 * cannot be brought to an end is marked as failed: the account starts, and the stack can be deleted.
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
        world.say(`The stack ${stack.StackName} could not be recovered: ${error?.stack ?? error}`),
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
    tidings[StackStatus] ?? `was interrupted and could not be rolled back: it is ${StackStatus}. ${StackStatusReason}`;
  world.say(`The deployment of ${StackName} ${outcome.trimEnd()}`);
}

async function giveUp(run: Run, error: unknown): Promise<void> {
  const { StackStatus } = stackOf(run);
  const StackStatusReason = `The practice account could not recover it: ${error instanceof Error ? error.message : error}. `;
  const failed = failures[StackStatus];
  if (failed !== undefined) return settle(run, failed, { StackStatusReason });
  // An update's rollback can be continued, for which the operation and the changes stay.
  await moveStack(run, 'UPDATE_ROLLBACK_FAILED', { StackStatusReason });
}
