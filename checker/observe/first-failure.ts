import type { StackEvent } from '@aws-sdk/client-cloudformation';
import type { Target } from '../aws/target.ts';
import { withoutNoise } from '../failures/reason.ts';

/** The event that made a deployment fail; cancellations because of another failure are not the reason. */
export function isCause({ ResourceStatus, ResourceStatusReason = '' }: StackEvent): boolean {
  return ResourceStatus?.endsWith('_FAILED') === true && !/cancelled/i.test(ResourceStatusReason);
}

/** Why a stack's only deployment failed; each part if the events have it. */
export interface FirstFailure {
  readonly cause?: {
    readonly logicalId: string;
    /** `AWS::ApiGatewayV2::Route` */
    readonly type: string;
    readonly reason: string;
  };
  /** CloudFormation's reason for rolling back the stack. */
  readonly rolledBack?: string;
}

/** DescribeStackEvents: why a stack was never created. The first failure counts: a rollback may add others. */
export async function firstFailure({ clients }: Pick<Target, 'clients'>, stackId: string): Promise<FirstFailure> {
  const [client, { paginateDescribeStackEvents }] = await Promise.all([
    clients.cloudformation(),
    import('../aws/sdk/cloudformation.ts'),
  ]);
  const events: StackEvent[] = [];
  for await (const page of paginateDescribeStackEvents({ client }, { StackName: stackId })) {
    events.push(...(page.StackEvents ?? []));
  }
  // The newest come first.
  const first = events.findLast((event) => event.PhysicalResourceId !== stackId && isCause(event));
  const began = events.findLast(
    ({ PhysicalResourceId, ResourceStatus }) =>
      PhysicalResourceId === stackId && ResourceStatus === 'ROLLBACK_IN_PROGRESS',
  );
  const {
    LogicalResourceId: logicalId = '',
    ResourceType: type = '',
    ResourceStatusReason = 'no reason given',
  } = {
    ...first,
  };
  return {
    cause: first && { logicalId, type, reason: withoutNoise(ResourceStatusReason) },
    rolledBack: began?.ResourceStatusReason,
  };
}
