import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Call } from '../../calls/context.ts';
import { AwsError } from '../../calls/errors.ts';
import type { ContextKeys } from '../../iam-policy/request-context.ts';
import { attributesOf, type ItemRequest, itemsOf, partitionKeyIn, projectionOf } from './request.ts';
import { requireTable } from './table.ts';

/**
 * The condition keys of operations that read and write items
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html).
 */
export async function itemContext(
  operation: string,
  input: ItemRequest,
  call: Call<'tables' | 'store'>,
  resource: string,
): Promise<ContextKeys> {
  const table = /:table\/([^/]+)/.exec(resource)?.[1] ?? '';
  const key = await partitionKey(table, input.IndexName, call);
  const isQuery = operation === 'Query';
  const leading =
    key === undefined ? [] : isQuery ? partitionKeyIn(input, key) : itemsOf(input, table).map((item) => item[key]);
  const values = leading.filter((value) => value !== undefined).map(textOf);
  const attributes = attributesOf(input, table);
  return {
    // A Scan has no leading keys, so fine-grained policies must not allow it.
    ...(values.length === 0 ? {} : { 'dynamodb:LeadingKeys': values }),
    ...(attributes.length === 0 ? {} : { 'dynamodb:Attributes': attributes }),
    ...(/^(Get|BatchGet|Query|Scan)/.test(operation) ? { 'dynamodb:Select': selectOf(input, table) } : {}),
    ...(/^(Put|Update|Delete|ConditionCheck)/.test(operation)
      ? { 'dynamodb:ReturnValues': input.ReturnValues ?? 'NONE' }
      : {}),
    'dynamodb:ReturnConsumedCapacity': input.ReturnConsumedCapacity ?? 'NONE',
  };
}

/** The partition key attribute of a table or an index; undefined if there is none. */
async function partitionKey(
  table: string,
  index: string | undefined,
  call: Call<'tables' | 'store'>,
): Promise<string | undefined> {
  try {
    const { table: described } = await requireTable(table, call);
    const indexes = [...(described.GlobalSecondaryIndexes ?? []), ...(described.LocalSecondaryIndexes ?? [])];
    const schema =
      index === undefined ? described.KeySchema : indexes.find(({ IndexName }) => IndexName === index)?.KeySchema;
    return schema?.find(({ KeyType }) => KeyType === 'HASH')?.AttributeName;
  } catch (error) {
    if (error instanceof AwsError) return undefined;
    throw error;
  }
}

function textOf(value: AttributeValue): string {
  const [text] = Object.values(value);
  return String(text);
}

function selectOf(input: ItemRequest, table: string): string {
  if (input.Select !== undefined) return input.Select;
  const { ProjectionExpression, AttributesToGet } = projectionOf(input, table);
  if (ProjectionExpression !== undefined || AttributesToGet !== undefined) return 'SPECIFIC_ATTRIBUTES';
  return input.IndexName === undefined ? 'ALL_ATTRIBUTES' : 'ALL_PROJECTED_ATTRIBUTES';
}
