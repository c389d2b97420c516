import type { Call } from '../../calls/context.ts';
import type { StackRecord } from './records.ts';

/** The beginnings of a stack that is not kept yet. */
export function newStack(StackName: string, StackStatus: string, call: Call<'clock' | 'ids'>): StackRecord {
  return {
    StackId: `arn:aws:cloudformation:${call.region}:${call.accountId}:stack/${StackName}/${call.ids.uuid()}`,
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
