import type {
  AttributeDefinition,
  CreateGlobalSecondaryIndexAction,
  DeleteGlobalSecondaryIndexAction,
  TableDescription,
  UpdateTableInput,
} from '@aws-sdk/client-dynamodb';
import { AwsError } from '../../calls/errors.ts';

/** A global secondary index to create or delete. */
export interface IndexChange {
  /** The table's definitions after the change. */
  readonly definitions: AttributeDefinition[];
  readonly create?: CreateGlobalSecondaryIndexAction;
  readonly delete?: DeleteGlobalSecondaryIndexAction;
}

/** Returns whether an UpdateTable creates or deletes an index, and doesn't just change the capacity of one. */
export function changesIndexes({ GlobalSecondaryIndexUpdates = [] }: UpdateTableInput): boolean {
  return GlobalSecondaryIndexUpdates.some(({ Update }) => Update === undefined);
}

/**
 * Returns the index that an UpdateTable creates or deletes. Throws an AwsError if it asks for more than one change, or
 * for one that the table doesn't allow
 * (https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTable.html).
 */
export function requestedIndex(
  { AttributeDefinitions: given = [], GlobalSecondaryIndexUpdates = [], ProvisionedThroughput }: UpdateTableInput,
  table: TableDescription,
): IndexChange {
  const [{ Create, Delete } = {}, ...more] = GlobalSecondaryIndexUpdates;
  if (more.length > 0 || ProvisionedThroughput !== undefined) {
    throw new AwsError(
      'LimitExceededException',
      'Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table',
    );
  }
  const indexes = table.GlobalSecondaryIndexes ?? [];
  const statuses = [table.TableStatus, ...indexes.map(({ IndexStatus }) => IndexStatus)];
  if (statuses.some((status) => status !== 'ACTIVE')) {
    throw new AwsError(
      'ResourceInUseException',
      `Attempt to change a resource which is still in use: Table is being updated: ${table.TableName}`,
    );
  }
  if (Create === undefined) return deletion(Delete, table);
  if (indexes.some(({ IndexName }) => IndexName === Create.IndexName)) {
    throw new AwsError('ValidationException', 'Attempting to create an index which already exists');
  }
  const keys = (Create.KeySchema ?? []).map(({ AttributeName }) => AttributeName);
  const names = given.map(({ AttributeName }) => AttributeName);
  if (keys.some((key) => !names.includes(key))) {
    throw invalid(
      `Some index key attributes are not defined in AttributeDefinitions. Keys: [${keys.join(', ')}], AttributeDefinitions: [${names.join(', ')}]`,
    );
  }
  const defined = table.AttributeDefinitions ?? [];
  const isDefined = ({ AttributeName }: AttributeDefinition) =>
    defined.find((definition) => definition.AttributeName === AttributeName);
  const redefined = given.find((each) => (isDefined(each) ?? each).AttributeType !== each.AttributeType);
  if (redefined !== undefined) throw invalid(`The type of the attribute ${redefined.AttributeName} can't be changed`);
  const added = given.filter((each) => keys.includes(each.AttributeName) && isDefined(each) === undefined);
  return { definitions: [...defined, ...added], create: Create };
}

function deletion(index: DeleteGlobalSecondaryIndexAction | undefined, table: TableDescription): IndexChange {
  const indexes = table.GlobalSecondaryIndexes ?? [];
  const kept = indexes.filter(({ IndexName }) => IndexName !== index?.IndexName);
  if (index === undefined || kept.length === indexes.length) {
    throw new AwsError('ResourceNotFoundException', 'Requested resource not found');
  }
  const keys = new Set(
    [table, ...(table.LocalSecondaryIndexes ?? []), ...kept]
      .flatMap(({ KeySchema = [] }) => KeySchema)
      .map(({ AttributeName }) => AttributeName),
  );
  const definitions = (table.AttributeDefinitions ?? []).filter(({ AttributeName }) => keys.has(AttributeName));
  return { definitions, delete: index };
}

function invalid(reason: string): AwsError {
  return new AwsError('ValidationException', `One or more parameter values were invalid: ${reason}`);
}
