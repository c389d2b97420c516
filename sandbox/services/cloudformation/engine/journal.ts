import { regional } from '../../../context.ts';
import type { Write } from '../../../state/store.ts';
import {
  type EventRecord,
  events,
  key,
  type ResourceRecord,
  type ResourceState,
  resources,
  type StackRecord,
  stackScope,
  stacks,
} from '../records.ts';
import { ValidationError } from '../validation-error.ts';
import type { Engine } from './engine.ts';

/** One stack and the engine at work on it. */
export interface Run {
  readonly engine: Engine;
  readonly stackId: string;
}

/** The stack as it is now. */
export function stackOf({ engine, stackId }: Run): StackRecord {
  const stack = stacks.get(engine.store, regional(engine), key(stackId));
  if (stack === undefined) throw new ValidationError(`Stack with id ${stackId} does not exist`);
  return stack;
}

export function resourcesOf({ engine, stackId }: Run): ResourceRecord[] {
  return resources.list(engine.store, stackScope(stackId));
}

export function resourceOf({ engine, stackId }: Run, logicalId: string): ResourceRecord | undefined {
  return resources.get(engine.store, stackScope(stackId), logicalId);
}

/** The writes that keep a stack under a new status, with its event. */
export function stackWrites(run: Run, stack: StackRecord): Write[] {
  return [
    stacks.put(regional(run.engine), key(stack.StackId), stack),
    eventWrite(run, stack, {
      LogicalResourceId: stack.StackName,
      PhysicalResourceId: stack.StackId,
      ResourceType: 'AWS::CloudFormation::Stack',
      ResourceStatus: stack.StackStatus,
      ...(stack.StackStatusReason === undefined ? {} : { ResourceStatusReason: stack.StackStatusReason }),
    }),
  ];
}

/** Moves a stack on to a status, and resolves when that is on the disk. */
export async function moveStack(
  run: Run,
  StackStatus: string,
  changes: Partial<StackRecord> = {},
  others: readonly Write[] = [],
): Promise<void> {
  const { StackStatusReason: _before, ...stack } = stackOf(run);
  await run.engine.store.commit([...stackWrites(run, { ...stack, ...changes, StackStatus }), ...others]);
}

/** The write that keeps a resource; `undefined` members of it are left out. */
export function resourceWrite(run: Run, record: ResourceRecord): Write {
  return resources.put(
    stackScope(run.stackId),
    record.logicalId,
    Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as unknown as ResourceRecord,
  );
}

export function resourceRemoval(run: Run, logicalId: string): Write {
  return resources.remove(stackScope(run.stackId), logicalId);
}

/** The event of a resource as its record now says. */
export function resourceEvent(
  run: Run,
  record: Pick<ResourceRecord, 'logicalId' | 'type' | 'status' | 'reason' | 'physicalId'> &
    Partial<Pick<ResourceRecord, 'properties'>>,
): Write {
  return eventWrite(run, stackOf(run), {
    LogicalResourceId: record.logicalId,
    PhysicalResourceId: record.physicalId ?? '',
    ResourceType: record.type,
    ResourceStatus: record.status,
    ...(record.reason === undefined ? {} : { ResourceStatusReason: record.reason }),
    ...(record.properties === undefined ? {} : { ResourceProperties: JSON.stringify(record.properties) }),
  });
}

/** The part of a record that a rollback brings back. */
export function stateOf(record: ResourceState): ResourceState {
  const { physicalId, properties, tags, attributes, dependsOn, deletionPolicy, updateReplacePolicy } = record;
  const state = { properties, tags, attributes, dependsOn, deletionPolicy, updateReplacePolicy };
  return physicalId === undefined ? state : { ...state, physicalId };
}

function eventWrite(
  { engine }: Run,
  stack: StackRecord,
  event: Omit<EventRecord, 'EventId' | 'Timestamp' | 'ClientRequestToken'>,
): Write {
  const now = engine.clock.now();
  const token = stack.operation?.token;
  return events.put(stackScope(stack.StackId), engine.deployments.eventKey(now), {
    ...event,
    EventId: engine.ids.uuid(),
    Timestamp: now.toISOString(),
    ...(token === undefined ? {} : { ClientRequestToken: token }),
  });
}
