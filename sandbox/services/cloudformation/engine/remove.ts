import { InterruptedError } from '../deployments.ts';
import type { ResourceRecord, ResourceState } from '../records.ts';
import { asResource, handlerFor, ResourceError, withStatus } from './change-resource.ts';
import { type Run, resourceEvent, resourceRemoval, resourceWrite } from './journal.ts';
import { reasonOf } from './reason.ts';

/**
 * Deletes a resource of a stack, or only forgets it where `retained`. Where the stack itself goes its record
 * stays, as `DELETE_COMPLETE`; else it goes.
 */
export async function remove(
  run: Run,
  record: ResourceRecord,
  { retained, forget }: { readonly retained: boolean; readonly forget: boolean },
): Promise<void> {
  const { change, former, ...rest } = record;
  const gone = (status: string) => {
    const record = withStatus(run, rest, status);
    return [forget ? resourceRemoval(run, record.logicalId) : resourceWrite(run, record), resourceEvent(run, record)];
  };
  // A creation that failed before anything was made leaves nothing to delete.
  if (record.physicalId === undefined) {
    await run.engine.store.commit(gone('DELETE_COMPLETE').slice(0, 1));
  } else if (retained) {
    await run.engine.store.commit(gone('DELETE_SKIPPED'));
  } else {
    await take(run, record, record);
    await run.engine.store.commit(gone('DELETE_COMPLETE'));
  }
}

/** Deletes the resource that another has taken the place of; the record is of the other. */
export async function removeReplaced(run: Run, record: ResourceRecord, old: ResourceState): Promise<void> {
  const { change, former, ...rest } = record;
  const gone = { logicalId: record.logicalId, type: record.type, physicalId: old.physicalId };
  if (old.physicalId === undefined) {
    await run.engine.store.commit([resourceWrite(run, rest)]);
  } else if (record.change === 'replace' && old.updateReplacePolicy === 'Retain') {
    await run.engine.store.commit([
      resourceWrite(run, rest),
      resourceEvent(run, { ...gone, status: 'DELETE_SKIPPED' }),
    ]);
  } else {
    await take(run, record, old);
    await run.engine.store.commit([
      resourceWrite(run, rest),
      resourceEvent(run, { ...gone, status: 'DELETE_COMPLETE' }),
    ]);
  }
}

async function take(run: Run, record: ResourceRecord, state: ResourceState): Promise<void> {
  const { store } = run.engine;
  const going = withStatus(run, { ...record, ...state }, 'DELETE_IN_PROGRESS');
  // The record keeps its status where only its predecessor goes.
  const written = (next: ResourceRecord) => (state === record ? [resourceWrite(run, next)] : []);
  run.engine.deployments.check();
  await store.commit([...written(going), resourceEvent(run, going)]);
  run.engine.deployments.check();
  const { type, call } = handlerFor(run, record.type);
  try {
    await type.delete(asResource(run, record.logicalId, state), call);
  } catch (error) {
    if (error instanceof InterruptedError) throw error;
    const failed = withStatus(run, going, 'DELETE_FAILED', reasonOf(error, run.engine.ids));
    await store.commit([...written(failed), resourceEvent(run, failed)]);
    throw new ResourceError(failed.reason);
  }
}
