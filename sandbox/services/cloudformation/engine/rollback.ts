import { restoreResource } from './change-resource.ts';
import { interrupted, names, removeAll } from './delete.ts';
import { moveStack, moveToRollback, type Run, resourceRemoval, resourcesOf, stackOf } from './journal.ts';
import { type Dependencies, inOrder, reversed } from './order.ts';
import { removeReplaced } from './remove.ts';
import { settle } from './settle.ts';

/** Rolls back an update, from `UPDATE_IN_PROGRESS` to `UPDATE_ROLLBACK_COMPLETE` or `UPDATE_ROLLBACK_FAILED`. */
export async function rollBackUpdate(run: Run, reason: string): Promise<void> {
  await moveToRollback(run, 'UPDATE_ROLLBACK_IN_PROGRESS', reason);
  await continueUpdateRollback(run);
}

/** Continues a rollback that is `UPDATE_ROLLBACK_IN_PROGRESS`. */
export async function continueUpdateRollback(run: Run): Promise<void> {
  const records = new Map(resourcesOf(run).map((record) => [record.logicalId, record]));
  const graph: Dependencies = Object.fromEntries(
    [...records].map(([id, { change, dependsOn, former }]) => [
      id,
      change === 'restored' ? dependsOn : (former?.dependsOn ?? dependsOn),
    ]),
  );
  const failures = await inOrder(
    graph,
    async (logicalId) => {
      const record = records.get(logicalId);
      if (record !== undefined) await restoreResource(run, record);
    },
    { goOn: true },
  );
  interrupted(failures);
  if (failures.length > 0) {
    const reason = `The following resource(s) failed to update: [${names(failures)}]. `;
    // Resources that were rolled back stay so, and the rest can be retried: operation and changes are kept.
    return moveStack(run, 'UPDATE_ROLLBACK_FAILED', { StackStatusReason: reason });
  }
  await moveStack(run, 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS', {
    Description: undefined,
    RoleARN: undefined,
    ...stackOf(run).operation?.former,
  });
  await cleanUp(run, 'UPDATE_ROLLBACK_COMPLETE');
}

/**
 * Deletes the leftovers of an update, or of its rollback. Those that can't be deleted are abandoned, as in
 * CloudFormation.
 */
export async function cleanUp(run: Run, status: 'UPDATE_COMPLETE' | 'UPDATE_ROLLBACK_COMPLETE'): Promise<void> {
  const [replaced, leaving] = status === 'UPDATE_COMPLETE' ? ['replace', 'remove'] : ['restored', 'create'];
  const records = resourcesOf(run);
  const old = records.filter(({ change }) => change === replaced);
  const byId = new Map(old.map((record) => [record.logicalId, record]));
  const graph = Object.fromEntries(old.map(({ logicalId, former }) => [logicalId, former?.dependsOn ?? []]));
  const retainExceptOnCreate = stackOf(run).operation?.retainExceptOnCreate ?? false;
  const failures = [
    ...(await removeAll(
      run,
      records.filter(({ change }) => change === leaving),
      ({ deletionPolicy, change, status }) => ({
        retained:
          deletionPolicy === 'Delete'
            ? false
            : change !== 'create' ||
              (deletionPolicy === 'Retain' && !retainExceptOnCreate && status === 'CREATE_COMPLETE'),
        forget: true,
      }),
    )),
    ...(await inOrder(
      reversed(graph),
      async (logicalId) => {
        const record = byId.get(logicalId);
        if (record?.former !== undefined) await removeReplaced(run, record, record.former);
      },
      { goOn: true },
    )),
  ];
  interrupted(failures);
  const undeletable = resourcesOf(run).filter(({ change }) => change === leaving);
  await run.engine.store.commit(undeletable.map(({ logicalId }) => resourceRemoval(run, logicalId)));
  await settle(run, status);
}
