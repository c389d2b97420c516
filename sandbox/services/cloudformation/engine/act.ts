import { AwsError } from '../../../calls/errors.ts';
import { InterruptedError } from '../deployments.ts';
import type { ResourceRecord, ResourceState } from '../records.ts';
import type { AnyResourceType, Resource, ResourceCall } from '../resources/resource-type.ts';
import { changedProperties, isSame, needsReplacement } from './compare.ts';
import { type Run, resourceEvent, resourceOf, resourceWrite, stackOf, stateOf } from './journal.ts';
import { checkedProperties } from './properties.ts';
import { isTaken, naming, reasonOf } from './reason.ts';

/** What a resource is to become. */
export interface Target extends Omit<ResourceState, 'physicalId' | 'attributes'> {
  readonly logicalId: string;
  readonly type: string;
  readonly metadata?: string;
}

/** A resource could not be made what it should be; its record and event say why. */
export class ResourceError extends Error {
  override readonly name = 'ResourceError';
}

/** Makes a resource what it should be: creates, changes, replaces it, or finds that nothing is to be done. */
export async function apply(run: Run, target: Target): Promise<void> {
  const record = resourceOf(run, target.logicalId);
  if (record === undefined) return create(run, target, undefined);
  const type = typeOf(run, target.type);
  const changed = changedProperties(record.properties, target.properties);
  if (needsReplacement(type, changed)) return create(run, target, record);
  const isUntouched = changed.length === 0 && !(type.taggable && !isSame(record.tags, target.tags));
  if (isUntouched || type.update === undefined) return keep(run, record, target);
  await update(run, record, target, 'update');
}

/** Puts a resource back to what it was, as far as the operation in progress has changed it. */
export async function restore(run: Run, record: ResourceRecord): Promise<void> {
  const { former } = record;
  if (record.change === 'replace' && former !== undefined) {
    const restored = at(run, { ...record, ...former, former: stateOf(record), change: 'restored' }, 'UPDATE_COMPLETE');
    await run.engine.store.commit([resourceWrite(run, restored), resourceEvent(run, restored)]);
  } else if (record.change === 'update' && former !== undefined) {
    const target = { ...former, logicalId: record.logicalId, type: record.type };
    const isRetagged = typeOf(run, record.type).taggable === true && !isSame(record.tags, former.tags);
    if (isSame(record.properties, former.properties) && !isRetagged) {
      const { change: _change, former: _former, ...rest } = { ...record, ...former };
      await run.engine.store.commit([resourceWrite(run, rest)]);
    } else await update(run, record, target, 'restored');
  } else if (/FAILED$/.test(record.status) && record.change !== 'create') {
    const settled = at(run, record, 'UPDATE_COMPLETE');
    await run.engine.store.commit([resourceWrite(run, settled), resourceEvent(run, settled)]);
  }
}

/** What a type's handler is called with. */
export function handling(run: Run, type: string): { readonly type: AnyResourceType; readonly call: ResourceCall } {
  const { perform, accountId, region, ids } = run.engine;
  return { type: typeOf(run, type), call: { perform: naming(perform), accountId, region, ids } };
}

/** A resource as its handler sees it. */
export function seen(run: Run, logicalId: string, state: Pick<ResourceState, 'physicalId' | 'properties' | 'tags'>) {
  const { physicalId = '', properties, tags } = state;
  return { logicalId, stackName: stackOf(run).StackName, physicalId, properties, tags } as Resource<never>;
}

/** The same record at another status, now. */
export function at(run: Run, record: ResourceRecord, status: string, reason?: string): ResourceRecord {
  const { reason: _before, ...rest } = record;
  const timestamp = run.engine.clock.now().toISOString();
  return reason === undefined ? { ...rest, status, timestamp } : { ...rest, status, reason, timestamp };
}

/** Creates a resource, or its successor where there is a former one. */
async function create(run: Run, target: Target, former: ResourceRecord | undefined): Promise<void> {
  const { store } = run.engine;
  const verb = former === undefined ? 'CREATE' : 'UPDATE';
  const beginning: ResourceRecord = {
    ...target,
    attributes: {},
    status: `${verb}_IN_PROGRESS`,
    timestamp: '',
    change: former === undefined ? 'create' : 'replace',
    ...(former === undefined ? {} : { former: stateOf(former) }),
  };
  const { type, call } = handling(run, target.type);
  const replacing = 'Requested update requires the creation of a new physical resource; hence creating one.';
  const asked = at(run, beginning, beginning.status, former && replacing);
  let intent = asked;
  try {
    const properties = checkedProperties(target.logicalId, target.type, type, target.properties);
    const physicalId = await type.identify(seen(run, target.logicalId, { ...target, properties }), call);
    const planned = { ...asked, properties, physicalId };
    if (await type.exists?.(seen(run, target.logicalId, planned), call)) {
      throw former?.physicalId === physicalId ? customNamed(physicalId) : taken(target.type, physicalId);
    }
    run.engine.deployments.check();
    // From here on a kill leaves a record of what may be there, and the next start takes it away.
    await store.commit([
      resourceWrite(run, planned),
      resourceEvent(run, { ...asked, physicalId: former?.physicalId ?? '' }),
    ]);
    intent = planned;
    run.engine.deployments.check();
    const created = await type.create(seen(run, target.logicalId, planned), call);
    const made = { ...planned, physicalId: created.physicalId ?? physicalId, attributes: created.attributes ?? {} };
    const initiated = at(run, made, beginning.status, 'Resource creation Initiated');
    const done = at(run, made, `${verb}_COMPLETE`);
    await store.commit([resourceEvent(run, initiated), resourceWrite(run, done), resourceEvent(run, done)]);
  } catch (error) {
    if (error instanceof InterruptedError) throw error;
    const { physicalId: _named, ...unmade } = intent;
    const failed = at(run, isTaken(error) ? unmade : intent, `${verb}_FAILED`, reasonOf(error, run.engine.ids));
    const begun = intent === asked ? [resourceEvent(run, { ...asked, physicalId: former?.physicalId ?? '' })] : [];
    // A successor that never was leaves the former one in its place.
    const kept =
      former !== undefined && failed.physicalId === undefined ? { ...former, status: failed.status } : failed;
    await store.commit([...begun, resourceWrite(run, kept), resourceEvent(run, failed)]);
    throw new ResourceError(failed.reason);
  }
}

/** Changes a resource in place, for an update or to undo one. */
async function update(run: Run, record: ResourceRecord, target: Target, why: 'update' | 'restored'): Promise<void> {
  const { store } = run.engine;
  const { type, call } = handling(run, target.type);
  let current = record;
  const asked = at(run, record, 'UPDATE_IN_PROGRESS');
  try {
    const properties = checkedProperties(target.logicalId, target.type, type, target.properties);
    run.engine.deployments.check();
    const intent =
      why === 'update'
        ? { ...asked, ...target, properties, change: 'update' as const, former: record.former ?? stateOf(record) }
        : asked;
    await store.commit([resourceWrite(run, intent), resourceEvent(run, { ...intent, properties })]);
    current = intent;
    run.engine.deployments.check();
    const desired = { ...target, properties, physicalId: record.physicalId ?? '' };
    const attributes = await type.update?.(
      seen(run, target.logicalId, desired),
      seen(run, target.logicalId, record),
      call,
    );
    const { former, change, ...rest } = { ...intent, ...target, properties };
    const updated = { ...rest, attributes: { ...rest.attributes, ...attributes } };
    const done = at(run, why === 'update' ? { ...updated, former, change } : updated, 'UPDATE_COMPLETE');
    await store.commit([resourceWrite(run, done), resourceEvent(run, done)]);
  } catch (error) {
    if (error instanceof InterruptedError) throw error;
    const begun = current === record ? [resourceEvent(run, asked)] : [];
    const failed = at(run, current, 'UPDATE_FAILED', reasonOf(error, run.engine.ids));
    await store.commit([...begun, resourceWrite(run, failed), resourceEvent(run, failed)]);
    throw new ResourceError(failed.reason);
  }
}

/** Nothing is done to the resource itself; what the template says about it may have changed. */
async function keep(run: Run, record: ResourceRecord, target: Target): Promise<void> {
  const { logicalId: _id, type: _type, properties: _properties, ...said } = target;
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
