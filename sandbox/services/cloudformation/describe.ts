import type { Stack, StackStatus } from '@aws-sdk/client-cloudformation';
import { live } from '../../calls/addresses.ts';
import type { Address } from '../../calls/context.ts';
import type { StackParameter, StackRecord } from './records.ts';

/** A stack as DescribeStacks returns it. */
export function described(stack: StackRecord, address: Address): Stack {
  return {
    StackId: stack.StackId,
    StackName: stack.StackName,
    ParentId: stack.ParentId,
    RootId: stack.RootId,
    ChangeSetId: stack.ChangeSetId,
    Description: stack.Description,
    Parameters: shownParameters(stack.Parameters),
    CreationTime: new Date(stack.CreationTime),
    DeletionTime: date(stack.DeletionTime),
    LastUpdatedTime: date(stack.LastUpdatedTime),
    RollbackConfiguration: {},
    StackStatus: stack.StackStatus as StackStatus,
    StackStatusReason: stack.StackStatusReason,
    DisableRollback: stack.DisableRollback,
    NotificationARNs: [...stack.NotificationARNs],
    TimeoutInMinutes: stack.TimeoutInMinutes,
    Capabilities: stack.Capabilities as Stack['Capabilities'],
    Outputs: stack.Outputs.map((output) => ({ ...output, OutputValue: live(output.OutputValue, address) })),
    RoleARN: stack.RoleARN,
    Tags: [...stack.Tags],
    EnableTerminationProtection: stack.EnableTerminationProtection,
    LastOperations: [...(stack.LastOperations ?? [])],
    DriftInformation: { StackDriftStatus: 'NOT_CHECKED' },
  };
}

/** Parameters without hidden values. */
export function shownParameters(parameters: readonly StackParameter[]) {
  return parameters.map(({ noEcho, ...parameter }) =>
    noEcho === true ? { ...parameter, ParameterValue: '****' } : parameter,
  );
}

export function date(text: string | undefined): Date | undefined {
  return text === undefined ? undefined : new Date(text);
}
