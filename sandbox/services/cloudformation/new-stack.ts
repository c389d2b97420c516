import { type Call, regional } from '../../calls/context.ts';
import { resources, type StackRecord, stackScope, stacks } from './records.ts';

/** The initial record of a new stack, not stored yet. */
export function newStack(StackName: string, StackStatus: string, call: Call<'clock' | 'ids' | 'store'>): StackRecord {
  return {
    ...parentage(call),
    StackId:
      call.assignedId ??
      `arn:aws:cloudformation:${call.region}:${call.accountId}:stack/${StackName}/${call.ids.uuid()}`,
    StackName,
    StackStatus,
    CreationTime: call.clock.now().toISOString(),
    DisableRollback: false,
    EnableTerminationProtection: false,
    NotificationARNs: [],
    Outputs: [],
    Parameters: [],
    Tags: [],
    Capabilities: [],
  };
}

/** A nested stack's id is recorded in its parent before it is created. */
function parentage(call: Call<'store'>): Pick<StackRecord, 'ParentId' | 'RootId'> {
  const { assignedId } = call;
  if (assignedId === undefined) return {};
  const parent = stacks
    .list(call.store, regional(call))
    .find(({ StackId }) =>
      resources.list(call.store, stackScope(StackId)).some(({ physicalId }) => physicalId === assignedId),
    );
  return parent === undefined ? {} : { ParentId: parent.StackId, RootId: parent.RootId ?? parent.StackId };
}
