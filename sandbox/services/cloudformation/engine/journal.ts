import { regional } from '../../../calls/context.ts';
import type { Write } from '../../../state/store.ts';
import { publish } from '../../../trace/publish.ts';
import { cut, withoutSecrets } from '../../../trace/secrets.ts';
import {
  type EventRecord,
  events,
  key,
  type ResourceRecord,
  type ResourceState,
  resources,
  type StackOperation,
  type StackRecord,
  stackScope,
  stacks,
} from '../records.ts';
import { ValidationError } from '../validation-error.ts';
import type { Engine } from './engine.ts';

/** One stack and the engine that works on it. */
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

/** The writes that give a stack a new status, with its event, which belongs to the operation in progress. */
export function stackWrites(run: Run, stack: StackRecord, operation = stack.operation): Write[] {
  return [
    stacks.put(regional(run.engine), key(stack.StackId), stack),
    eventWrite(run, operation, {
      LogicalResourceId: stack.StackName,
      PhysicalResourceId: stack.StackId,
      ResourceType: 'AWS::CloudFormation::Stack',
      ResourceStatus: stack.StackStatus,
      ResourceStatusReason: stack.StackStatusReason,
    }),
  ];
}

/** Moves a stack to a status, and resolves when that is on disk. */
export async function moveStack(
  run: Run,
  StackStatus: string,
  changes: Partial<StackRecord> = {},
  others: readonly Write[] = [],
): Promise<void> {
  const { StackStatusReason: _before, ...stack } = stackOf(run);
  const moved = { ...stack, ...changes, StackStatus };
  await run.engine.store.commit([...stackWrites(run, moved, moved.operation ?? stack.operation), ...others]);
}

/** Moves a stack to rolling back its operation, which is an operation of its own. */
export async function moveToRollback(run: Run, StackStatus: string, StackStatusReason: string): Promise<void> {
  const { operation, LastOperations = [] } = stackOf(run);
  if (operation === undefined) return;
  const id = run.engine.ids.uuid();
  await moveStack(run, StackStatus, {
    StackStatusReason,
    operation: { ...operation, id },
    LastOperations: [{ OperationType: 'ROLLBACK', OperationId: id }, ...LastOperations.slice(0, 1)],
  });
}

/** The write that stores a resource; `undefined` members are left out. */
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

/** The event for a resource's current record. */
export function resourceEvent(
  run: Run,
  record: Pick<ResourceRecord, 'logicalId' | 'type' | 'status' | 'reason' | 'physicalId'> &
    Partial<Pick<ResourceRecord, 'properties'>>,
): Write {
  return eventWrite(run, stackOf(run).operation, {
    LogicalResourceId: record.logicalId,
    PhysicalResourceId: record.physicalId ?? '',
    ResourceType: record.type,
    ResourceStatus: record.status,
    ResourceStatusReason: record.reason,
    ResourceProperties: record.properties && JSON.stringify(record.properties),
  });
}

/** The part of a record that a rollback restores. */
export function stateOf(record: ResourceState): ResourceState {
  const { physicalId, properties, tags, attributes, dependsOn, deletionPolicy, updateReplacePolicy } = record;
  const state = { properties, tags, attributes, dependsOn, deletionPolicy, updateReplacePolicy };
  return physicalId === undefined ? state : { ...state, physicalId };
}

function eventWrite(
  { engine, stackId }: Run,
  operation: StackOperation | undefined,
  event: Omit<EventRecord, 'EventId' | 'Timestamp' | 'ClientRequestToken' | 'OperationId'>,
): Write {
  const time = engine.deployments.eventTime(engine.clock.now());
  publish(engine.clock, () => {
    const { ResourceStatusReason: reason, LogicalResourceId: logicalId, ResourceType: type } = event;
    const [, , , region = '', account = '', name = ''] = stackId.split(':');
    return {
      account,
      region,
      kind: 'stack',
      stack: name.split('/')[1] ?? '',
      logicalId,
      type,
      status: event.ResourceStatus,
      reason: reason && cut(withoutSecrets(reason), 1000),
    };
  });
  return events.put(stackScope(stackId), String(time.getTime()).padStart(15, '0'), {
    ...event,
    EventId: engine.ids.uuid(),
    Timestamp: time.toISOString(),
    OperationId: operation?.id,
    ClientRequestToken: operation?.token,
  });
}
