import { regional } from '../../../calls/context.ts';
import { AwsError } from '../../../calls/errors.ts';
import { InterruptedError } from '../deployments.ts';
import { key, type ResourceRecord, type ResourceState, stacks } from '../records.ts';
import type { AnyResourceType, Resource, ResourceCall } from '../resources/resource-type.ts';
import { changedProperties, isReplacing, isSame } from './compare.ts';
import { type Run, resourceEvent, resourceOf, resourceWrite, stackOf, stateOf } from './journal.ts';
import { checkedProperties } from './properties.ts';
import { isTaken, naming, reasonOf } from './reason.ts';

/** The desired state of a resource. */
export interface DesiredResource extends Omit<ResourceState, 'physicalId' | 'attributes'> {
  readonly logicalId: string;
  readonly type: string;
  readonly metadata?: string;
}

/** A resource couldn't be brought to its desired state; its record and event say why. */
export class ResourceError extends Error {
  override readonly name = 'ResourceError';
}

/** Brings a resource to its desired state: creates, changes or replaces it, or finds nothing to do. */
export async function applyResource(run: Run, desired: DesiredResource): Promise<void> {
  const record = resourceOf(run, desired.logicalId);
  if (record === undefined) return create(run, desired, undefined);
  const type = typeOf(run, desired.type);
  const changed = changedProperties(record.properties, desired.properties);
  const { properties: before } = record;
  const { properties: after } = desired;
  if (changed.some((name) => isReplacing(type, name, before[name], after[name]))) return create(run, desired, record);
  const isUntouched = changed.length === 0 && !(type.taggable && !isSame(record.tags, desired.tags));
  if (isUntouched || type.update === undefined) return keep(run, record, desired);
  await update(run, record, desired, 'update');
}

/** Records that a resource's properties couldn't be resolved, and throws. The resource is unchanged. */
export async function refuse(run: Run, logicalId: string, type: string, error: unknown): Promise<never> {
  const record = resourceOf(run, logicalId);
  const unmade: ResourceRecord = {
    ...{ logicalId, type, properties: {}, tags: [], attributes: {}, dependsOn: [] },
    ...{ deletionPolicy: 'Delete', updateReplacePolicy: 'Delete', status: '', timestamp: '', change: 'create' },
  };
  const reason = reasonOf(error, run.engine.ids);
  const failed = withStatus(run, record ?? unmade, record === undefined ? 'CREATE_FAILED' : 'UPDATE_FAILED', reason);
  await run.engine.store.commit([resourceWrite(run, failed), resourceEvent(run, failed)]);
  throw new ResourceError(reason);
}

/** Restores a resource, as far as the operation in progress has changed it. */
export async function restoreResource(run: Run, record: ResourceRecord): Promise<void> {
  const { former } = record;
  if (record.change === 'replace' && former !== undefined) {
    const restored = withStatus(
      run,
      { ...record, ...former, former: stateOf(record), change: 'restored' },
      'UPDATE_COMPLETE',
    );
    await run.engine.store.commit([resourceWrite(run, restored), resourceEvent(run, restored)]);
  } else if (record.change === 'update' && former !== undefined) {
    const desired = { ...former, logicalId: record.logicalId, type: record.type };
    const isRetagged = typeOf(run, record.type).taggable === true && !isSame(record.tags, former.tags);
    if (isSame(record.properties, former.properties) && !isRetagged) {
      const { change: _change, former: _former, ...rest } = { ...record, ...former };
      await run.engine.store.commit([resourceWrite(run, rest)]);
    } else await update(run, record, desired, 'restored');
  } else if (/FAILED$/.test(record.status) && record.change !== 'create') {
    const settled = withStatus(run, record, 'UPDATE_COMPLETE');
    await run.engine.store.commit([resourceWrite(run, settled), resourceEvent(run, settled)]);
  }
}

/** Returns a resource type, and the context that its handler is called with. */
export function handlerFor(run: Run, type: string): { readonly type: AnyResourceType; readonly call: ResourceCall } {
  const { perform, accountId, region, ids, deployments, store } = run.engine;
  const stack = (id: string) => stacks.get(store, regional(run.engine), key(id));
  const call: ResourceCall = {
    perform: naming(perform),
    accountId,
    region,
    ids,
    check: () => deployments.check(),
    isStack: (id) => stack(id) !== undefined,
    outputsOf: (id) =>
      Object.fromEntries((stack(id)?.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue])),
  };
  return { type: typeOf(run, type), call };
}

/** A resource as its handler sees it. */
export function asResource(
  run: Run,
  logicalId: string,
  state: Pick<ResourceState, 'physicalId' | 'properties' | 'tags'>,
) {
  const { physicalId = '', properties, tags } = state;
  return { logicalId, stackName: stackOf(run).StackName, physicalId, properties, tags } as Resource<never>;
}

/** The same record with another status, now. */
export function withStatus(run: Run, record: ResourceRecord, status: string, reason?: string): ResourceRecord {
  const { reason: _before, ...rest } = record;
  const timestamp = run.engine.clock.now().toISOString();
  return reason === undefined ? { ...rest, status, timestamp } : { ...rest, status, reason, timestamp };
}

/** Creates a resource, or its replacement if there is a previous one. */
async function create(run: Run, desired: DesiredResource, former: ResourceRecord | undefined): Promise<void> {
  const { store } = run.engine;
  const verb = former === undefined ? 'CREATE' : 'UPDATE';
  const beginning: ResourceRecord = {
    ...desired,
    attributes: {},
    status: `${verb}_IN_PROGRESS`,
    timestamp: '',
    change: former === undefined ? 'create' : 'replace',
    former: former && stateOf(former),
  };
  const { type, call } = handlerFor(run, desired.type);
  const replacing = 'Requested update requires the creation of a new physical resource; hence creating one.';
  const asked = withStatus(run, beginning, beginning.status, former && replacing);
  let intent = asked;
  try {
    const properties = checkedProperties(desired.logicalId, desired.type, type, desired.properties);
    const physicalId = await type.identify(asResource(run, desired.logicalId, { ...desired, properties }), call);
    const planned = { ...asked, properties, physicalId };
    if (await type.exists?.(asResource(run, desired.logicalId, planned), call)) {
      throw former?.physicalId === physicalId ? customNamed(physicalId) : taken(desired.type, physicalId);
    }
    run.engine.deployments.check();
    // From here on, a kill leaves a record of what may exist, and the next start removes it.
    await store.commit([
      resourceWrite(run, planned),
      resourceEvent(run, { ...asked, physicalId: former?.physicalId ?? '' }),
    ]);
    intent = planned;
    run.engine.deployments.check();
    const created = await type.create(asResource(run, desired.logicalId, planned), call);
    const made = { ...planned, physicalId: created.physicalId ?? physicalId, attributes: created.attributes ?? {} };
    const initiated = withStatus(run, made, beginning.status, 'Resource creation Initiated');
    const done = withStatus(run, made, `${verb}_COMPLETE`);
    await store.commit([resourceEvent(run, initiated), resourceWrite(run, done), resourceEvent(run, done)]);
  } catch (error) {
    if (error instanceof InterruptedError) throw error;
    const { physicalId: _named, ...unmade } = intent;
    const failed = withStatus(run, isTaken(error) ? unmade : intent, `${verb}_FAILED`, reasonOf(error, run.engine.ids));
    const begun = intent === asked ? [resourceEvent(run, { ...asked, physicalId: former?.physicalId ?? '' })] : [];
    // If the replacement was never created, the previous one stays.
    const kept =
      former !== undefined && failed.physicalId === undefined ? { ...former, status: failed.status } : failed;
    await store.commit([...begun, resourceWrite(run, kept), resourceEvent(run, failed)]);
    throw new ResourceError(failed.reason);
  }
}

/** Changes a resource in place, for an update or to undo one. */
async function update(
  run: Run,
  record: ResourceRecord,
  desired: DesiredResource,
  why: 'update' | 'restored',
): Promise<void> {
  const { store } = run.engine;
  const { type, call } = handlerFor(run, desired.type);
  let current = record;
  const asked = withStatus(run, record, 'UPDATE_IN_PROGRESS');
  try {
    const properties = checkedProperties(desired.logicalId, desired.type, type, desired.properties);
    run.engine.deployments.check();
    const intent =
      why === 'update'
        ? { ...asked, ...desired, properties, change: 'update' as const, former: record.former ?? stateOf(record) }
        : asked;
    await store.commit([resourceWrite(run, intent), resourceEvent(run, { ...intent, properties })]);
    current = intent;
    run.engine.deployments.check();
    const state = { ...desired, properties, physicalId: record.physicalId ?? '' };
    const attributes = await type.update?.(
      asResource(run, desired.logicalId, state),
      asResource(run, desired.logicalId, record),
      call,
    );
    const { former, change, ...rest } = { ...intent, ...desired, properties };
    const updated = { ...rest, attributes: { ...rest.attributes, ...attributes } };
    const done = withStatus(run, why === 'update' ? { ...updated, former, change } : updated, 'UPDATE_COMPLETE');
    await store.commit([resourceWrite(run, done), resourceEvent(run, done)]);
  } catch (error) {
    if (error instanceof InterruptedError) throw error;
    const begun = current === record ? [resourceEvent(run, asked)] : [];
    const failed = withStatus(run, current, 'UPDATE_FAILED', reasonOf(error, run.engine.ids));
    await store.commit([...begun, resourceWrite(run, failed), resourceEvent(run, failed)]);
    throw new ResourceError(failed.reason);
  }
}

/** The resource itself doesn't change; its template metadata may have. */
async function keep(run: Run, record: ResourceRecord, desired: DesiredResource): Promise<void> {
  const { logicalId: _id, type: _type, properties: _properties, ...said } = desired;
  if (isSame({ ...record, ...said }, record)) return;
  const kept = { ...record, ...said, change: 'update' as const, former: record.former ?? stateOf(record) };
  await run.engine.store.commit([resourceWrite(run, kept)]);
}

function typeOf(run: Run, name: string): AnyResourceType {
  const type = run.engine.types[name];
  if (type === undefined) throw new Error(`The resource type ${name} has gone from the registry.`);
  return type;
}

function customNamed(physicalId: string): AwsError {
  return new AwsError(
    'ValidationError',
    `CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename ${physicalId} and update the stack again.`,
  );
}

function taken(type: string, physicalId: string): AwsError {
  return new AwsError('AlreadyExists', `Resource of type '${type}' with identifier '${physicalId}' already exists.`);
}
