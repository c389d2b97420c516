import type { Caller, Perform, World } from '../../../context.ts';
import { InterruptedError } from '../deployments.ts';
import { type StackRecord, stacks } from '../records.ts';
import { resourceTypes } from '../resources.ts';
import { continueRollback, deleteStack, rollBackCreation } from './delete.ts';
import type { EngineNeeds } from './engine.ts';
import { type Run, stackOf } from './journal.ts';
import { cleanUp, continueUpdateRollback, rollBackUpdate } from './rollback.ts';

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

/** What the person is told, by the status that this leads to. */
const tidings: Readonly<Record<string, string>> = {
  ROLLBACK_COMPLETE: 'was interrupted; what it had made was deleted again.',
  UPDATE_ROLLBACK_COMPLETE: 'was interrupted; it was rolled back to what was there before.',
  UPDATE_COMPLETE: 'was interrupted after its last change; it is complete now.',
  DELETE_COMPLETE: 'was being deleted and was interrupted; it is deleted now.',
};

/**
 * Brings every stack operation that a crash cut off to its end, from what was written down before each step. Call
 * at start, before anybody else is let in. Resolves when all have ended, and says what became of each.
 */
export async function recoverStacks(
  world: Pick<World, EngineNeeds | 'say'>,
  performAs: (caller: Caller, region: string) => Perform,
): Promise<void> {
  const interrupted = stacks
    .scopes(world.store)
    .flatMap((scope) => stacks.list(world.store, scope).filter(({ operation }) => operation !== undefined));
  await Promise.all(interrupted.map((stack) => recover(stack, world, performAs)));
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
    throw error;
  }
  const { StackStatus, StackStatusReason = '' } = stackOf(run);
  const outcome =
    tidings[StackStatus] ?? `was interrupted and could not be rolled back: it is ${StackStatus}. ${StackStatusReason}`;
  world.say(`The deployment of ${StackName} ${outcome.trimEnd()}`);
}
