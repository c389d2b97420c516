import { InterruptedError } from '../deployments.ts';
import type { ResourceRecord, ResourceState } from '../records.ts';
import { asResource, handlerFor, ResourceError, withStatus } from './change-resource.ts';
import { type Run, resourceEvent, resourceRemoval, resourceWrite } from './journal.ts';
import { reasonOf } from './reason.ts';

/**
 * Deletes a stack's resource, or only drops it if `retained`. If the stack itself is deleted, its record stays as
 * `DELETE_COMPLETE`; otherwise it is removed.
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
  // A creation that failed before anything was created leaves nothing to delete.
  if (record.physicalId === undefined) {
    await run.engine.store.commit(gone('DELETE_COMPLETE').slice(0, 1));
  } else if (retained) {
    await run.engine.store.commit(gone('DELETE_SKIPPED'));
  } else {
    await take(run, record, record);
    await run.engine.store.commit(gone('DELETE_COMPLETE'));
  }
}

/** Deletes the resource that was replaced; the record is its replacement's. */
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
  // The record keeps its status if only its predecessor is deleted.
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
