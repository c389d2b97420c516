import type { ResourceStatus } from '@aws-sdk/client-cloudformation';
import type { ResourceRecord, StackRecord } from './records.ts';

/** A resource as DescribeStackResources returns it; the other operations' shapes are parts of this one. */
export function resourceDetail({ StackId, StackName }: StackRecord, record: ResourceRecord) {
  return {
    StackId,
    StackName,
    LogicalResourceId: record.logicalId,
    PhysicalResourceId: record.physicalId,
    ResourceType: record.type,
    Timestamp: new Date(record.timestamp),
    ResourceStatus: record.status as ResourceStatus,
    ResourceStatusReason: record.reason,
    DriftInformation: { StackResourceDriftStatus: 'NOT_CHECKED' as const },
  };
}
