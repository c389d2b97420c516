import type { TableDescription, UpdateTableInput } from '@aws-sdk/client-dynamodb';
import { AwsError } from '../../calls/errors.ts';
import type { IndexChange } from './change-index.ts';

/**
 * Returns the index that an UpdateTable creates or deletes; undefined if it does neither. Throws an AwsError if it asks
 * for several, one that exists, or to delete one that doesn't
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.OnlineOps.html).
 */
export function requestedChange(
  { AttributeDefinitions = [], GlobalSecondaryIndexUpdates = [] }: UpdateTableInput,
  table: TableDescription,
): IndexChange | undefined {
  const [change, ...more] = GlobalSecondaryIndexUpdates.filter(({ Update }) => Update === undefined);
  if (change === undefined) return undefined;
  if (more.length > 0) {
    throw new AwsError(
      'LimitExceededException',
      'Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table',
    );
  }
  const { Create, Delete } = change;
  const indexes = table.GlobalSecondaryIndexes ?? [];
  const isThere = (name: string | undefined) => indexes.some(({ IndexName }) => IndexName === name);
  if (Create !== undefined && isThere(Create.IndexName)) {
    throw new AwsError('ValidationException', 'Attempting to create an index which already exists');
  }
  if (Create === undefined && !isThere(Delete?.IndexName)) {
    throw new AwsError('ResourceNotFoundException', 'Requested resource not found');
  }
  const given = new Map(AttributeDefinitions.map((definition) => [definition.AttributeName, definition]));
  const kept = (table.AttributeDefinitions ?? []).filter(({ AttributeName }) => !given.has(AttributeName));
  const keys = new Set(
    [
      table,
      ...(table.LocalSecondaryIndexes ?? []),
      ...indexes.filter(({ IndexName }) => IndexName !== Delete?.IndexName),
      Create,
    ]
      .flatMap((part) => part?.KeySchema ?? [])
      .map(({ AttributeName }) => AttributeName),
  );
  const { TableName = '' } = table;
  const definitions = [...kept, ...given.values()].filter(({ AttributeName }) => keys.has(AttributeName));
  return { TableName, AttributeDefinitions: definitions, Create, Delete };
}
