import { InterruptedError } from '../deployments.ts';
import type { ResourceRecord } from '../records.ts';
import { moveToRollback, type Run, resourcesOf, stackOf } from './journal.ts';
import { type Dependencies, type Failure, inOrder, reversed } from './order.ts';
import { remove } from './remove.ts';
import { settle } from './settle.ts';

/** Deletes a stack's resources, from `DELETE_IN_PROGRESS` to `DELETE_COMPLETE` or `DELETE_FAILED`. */
export async function deleteStack(run: Run): Promise<void> {
  const retain = stackOf(run).operation?.retain ?? [];
  const failures = await removeAll(run, resourcesOf(run), ({ logicalId, deletionPolicy }) => ({
    retained: deletionPolicy !== 'Delete' || retain.includes(logicalId),
    forget: false,
  }));
  if (failures.length === 0) await settle(run, 'DELETE_COMPLETE');
  else await settle(run, 'DELETE_FAILED', undeleted(failures));
}

/** Rolls back a failed creation, from `CREATE_IN_PROGRESS` to `ROLLBACK_COMPLETE` or `ROLLBACK_FAILED`. */
export async function rollBackCreation(run: Run, reason: string): Promise<void> {
  await moveToRollback(run, 'ROLLBACK_IN_PROGRESS', reason);
  await continueRollback(run);
}

/** Continues a rollback that is `ROLLBACK_IN_PROGRESS`. */
export async function continueRollback(run: Run): Promise<void> {
  const retainExceptOnCreate = stackOf(run).operation?.retainExceptOnCreate ?? false;
  const failures = await removeAll(run, resourcesOf(run), (record) => ({
    // Unfinished resources are never retained.
    retained: record.deletionPolicy === 'Retain' && !retainExceptOnCreate && record.status === 'CREATE_COMPLETE',
    forget: false,
  }));
  if (failures.length === 0) await settle(run, 'ROLLBACK_COMPLETE');
  else await settle(run, 'ROLLBACK_FAILED', undeleted(failures));
}

/** Deletes resources, each after those that depend on it. */
export async function removeAll(
  run: Run,
  records: readonly ResourceRecord[],
  how: (record: ResourceRecord) => { readonly retained: boolean; readonly forget: boolean },
): Promise<Failure[]> {
  const left = new Map(
    records.filter(({ status }) => status !== 'DELETE_COMPLETE').map((record) => [record.logicalId, record]),
  );
  const graph: Dependencies = Object.fromEntries([...left].map(([id, { dependsOn }]) => [id, dependsOn]));
  const failures = await inOrder(
    reversed(graph),
    async (logicalId) => {
      const record = left.get(logicalId);
      if (record !== undefined) await remove(run, record, how(record));
    },
    { goOn: true },
  );
  interrupted(failures);
  return failures;
}

function undeleted(failures: readonly Failure[]): { readonly StackStatusReason: string } {
  return { StackStatusReason: `The following resource(s) failed to delete: [${names(failures)}]. ` };
}

/** Rethrows if the account is closing. */
export function interrupted(failures: readonly Failure[]): void {
  const interruption = failures.find(({ error }) => error instanceof InterruptedError);
  if (interruption !== undefined) throw interruption.error;
}

export function names(failures: readonly Failure[]): string {
  return failures.map(({ logicalId }) => logicalId).join(', ');
}
