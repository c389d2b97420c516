import type { DescribeTableOutput, GlobalSecondaryIndexUpdate } from '@aws-sdk/client-dynamodb';
import { AwsError } from '../../../calls/errors.ts';
import { isSame } from '../engine/compare.ts';
import type { Resource, ResourceCall } from './resource-type.ts';

/** A global secondary index in a template. */
export interface Index {
  readonly IndexName?: string | undefined;
  readonly KeySchema?: readonly object[] | undefined;
  readonly Projection?: object | undefined;
}

/**
 * Returns what makes the table's indexes those of the properties. Reads the table itself: in a rollback it may never
 * have had the previous properties. Throws if an index is changed, or if several are created or deleted, as
 * CloudFormation does.
 */
export async function indexUpdates(
  { physicalId: TableName, properties }: Resource<{ readonly GlobalSecondaryIndexes?: readonly Index[] }>,
  { perform }: ResourceCall,
): Promise<GlobalSecondaryIndexUpdate[]> {
  const { Table } = await perform<DescribeTableOutput>('dynamodb', 'DescribeTable', { TableName });
  const [before, after] = [Table?.GlobalSecondaryIndexes ?? [], properties.GlobalSecondaryIndexes ?? []];
  const updates = [
    ...before.filter((index) => !named(after, index)).map(({ IndexName }) => ({ Delete: { IndexName } })),
    ...after.filter((index) => !named(before, index)).map((Create) => ({ Create }) as GlobalSecondaryIndexUpdate),
  ];
  if (updates.length > 1) {
    throw new AwsError('InvalidRequest', 'Cannot perform more than one GSI creation or deletion in a single update');
  }
  if (after.some((index) => !isSame(shapeOf(named(before, index) ?? index), shapeOf(index)))) {
    throw new AwsError(
      'InvalidRequest',
      "Cannot update GSI's properties other than Provisioned Throughput and Contributor Insights Specification. You can create a new GSI with a different name.",
    );
  }
  return updates;
}

function named<T extends Index>(indexes: readonly T[], { IndexName }: Index): T | undefined {
  return indexes.find((index) => index.IndexName === IndexName);
}

/** The parts of an index that can't be changed. */
function shapeOf({ KeySchema, Projection }: Index): object {
  return { KeySchema, Projection };
}
