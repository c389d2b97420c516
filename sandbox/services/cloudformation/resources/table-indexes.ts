import type {
  DescribeTableOutput,
  GlobalSecondaryIndexUpdate,
  Projection,
  ProvisionedThroughputDescription,
} from '@aws-sdk/client-dynamodb';
import { AwsError } from '../../../calls/errors.ts';
import { isSame } from '../engine/compare.ts';
import type { Resource, ResourceCall } from './resource-type.ts';

/** A global secondary index in a template. */
export interface Index {
  readonly IndexName?: string | undefined;
  readonly KeySchema?: readonly object[] | undefined;
  readonly Projection?: Projection | undefined;
  readonly ProvisionedThroughput?: ProvisionedThroughputDescription | undefined;
}

/**
 * Returns the index updates, one for each UpdateTable, that make the table's indexes those of the properties. Reads the
 * table itself: in a rollback it may never have had the previous properties. Throws if keys or projection of an index
 * change, or if several are created or deleted, as CloudFormation does.
 */
export async function indexUpdates(
  { physicalId: TableName, properties }: Resource<{ readonly GlobalSecondaryIndexes?: readonly Index[] }>,
  { perform }: ResourceCall,
): Promise<GlobalSecondaryIndexUpdate[]> {
  const { Table } = await perform<DescribeTableOutput>('dynamodb', 'DescribeTable', { TableName });
  const [before, after] = [Table?.GlobalSecondaryIndexes ?? [], properties.GlobalSecondaryIndexes ?? []];
  const changes = [
    ...before.filter((index) => !named(after, index)).map(({ IndexName }) => ({ Delete: { IndexName } })),
    ...after.filter((index) => !named(before, index)).map((Create) => ({ Create }) as GlobalSecondaryIndexUpdate),
  ];
  if (changes.length > 1) {
    throw new AwsError('InvalidRequest', 'Cannot perform more than one GSI creation or deletion in a single update');
  }
  if (after.some((index) => !isSame(shapeOf(named(before, index) ?? index), shapeOf(index)))) {
    throw new AwsError(
      'InvalidRequest',
      "Cannot update GSI's properties other than Provisioned Throughput and Contributor Insights Specification. You can create a new GSI with a different name.",
    );
  }
  const capacities = after.flatMap(({ IndexName, ProvisionedThroughput }) => {
    const now = named(before, { IndexName });
    if (now === undefined || ProvisionedThroughput === undefined) return [];
    if (isSame(unitsOf(now.ProvisionedThroughput), unitsOf(ProvisionedThroughput))) return [];
    return { Update: { IndexName, ProvisionedThroughput } } as GlobalSecondaryIndexUpdate;
  });
  return [...changes, ...capacities];
}

function named<T extends Index>(indexes: readonly T[], { IndexName }: Index): T | undefined {
  return indexes.find((index) => index.IndexName === IndexName);
}

/** The parts of an index that can't be changed. */
function shapeOf({ KeySchema, Projection: { ProjectionType, NonKeyAttributes = [] } = {} }: Index): object {
  return { KeySchema, ProjectionType, NonKeyAttributes: [...NonKeyAttributes].sort() };
}

function unitsOf({ ReadCapacityUnits, WriteCapacityUnits }: ProvisionedThroughputDescription = {}): object {
  return { ReadCapacityUnits: Number(ReadCapacityUnits), WriteCapacityUnits: Number(WriteCapacityUnits) };
}
