import type { AttributeValue } from '@aws-sdk/client-dynamodb';

type Item = Readonly<Record<string, AttributeValue | undefined>>;

/** A request's references to attributes: in expressions, or in the parameters that preceded them. */
interface Expressions {
  readonly ProjectionExpression?: string;
  readonly AttributesToGet?: readonly string[];
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
}

/** A request of any item operation, as it comes over the wire. */
export interface ItemRequest extends Expressions {
  readonly IndexName?: string;
  readonly Select?: string;
  readonly ReturnValues?: string;
  readonly Segment?: number;
  readonly TotalSegments?: number;
  readonly ReturnConsumedCapacity?: string;
  readonly Key?: Item;
  readonly Item?: Item;
  readonly KeyConditionExpression?: string;
  readonly FilterExpression?: string;
  readonly ConditionExpression?: string;
  readonly UpdateExpression?: string;
  readonly ExpressionAttributeValues?: Item;
  readonly KeyConditions?: Readonly<Record<string, { readonly AttributeValueList?: readonly AttributeValue[] }>>;
  readonly AttributeUpdates?: object;
  readonly Expected?: object;
  readonly QueryFilter?: object;
  readonly ScanFilter?: object;
  readonly RequestItems?: Readonly<Record<string, BatchGet | readonly BatchWrite[]>>;
}

interface BatchGet extends Expressions {
  readonly Keys?: readonly Item[];
}

interface BatchWrite {
  readonly PutRequest?: { readonly Item?: Item };
  readonly DeleteRequest?: { readonly Key?: Item };
}

/** The items or keys in a request for a table. */
export function itemsOf(input: ItemRequest, table: string): readonly Item[] {
  const batch = batchOf(input, table);
  const named = isBatchWrite(batch)
    ? batch.map(({ PutRequest, DeleteRequest }) => PutRequest?.Item ?? DeleteRequest?.Key)
    : (batch?.Keys ?? [input.Key ?? input.Item]);
  return named.filter((item) => item !== undefined);
}

function batchOf({ RequestItems = {} }: ItemRequest, table: string): BatchGet | readonly BatchWrite[] | undefined {
  const name = Object.keys(RequestItems).find((given) => given === table || given.endsWith(`:table/${table}`));
  return name === undefined ? undefined : RequestItems[name];
}

function isBatchWrite(batch: BatchGet | readonly BatchWrite[] | undefined): batch is readonly BatchWrite[] {
  return Array.isArray(batch);
}

/** The partition key value of a Query, if it is written as DynamoDB requires: `key = :value`. */
export function partitionKeyIn(input: ItemRequest, key: string): readonly AttributeValue[] {
  const legacy = input.KeyConditions?.[key]?.AttributeValueList?.slice(0, 1);
  if (legacy !== undefined) return legacy;
  for (const [, left = '', right = ''] of (input.KeyConditionExpression ?? '').matchAll(
    /([#:\w.-]+)\s*=\s*([#:\w.-]+)/g,
  )) {
    const [name, value] = left.startsWith(':') ? [right, left] : [left, right];
    if (resolved(name, input) === key) {
      const found = input.ExpressionAttributeValues?.[value];
      return found === undefined ? [] : [found];
    }
  }
  return [];
}

/** Where a read names the attributes that it wants. */
export function projectionOf(input: ItemRequest, table: string): Expressions {
  const batch = batchOf(input, table);
  return batch === undefined || isBatchWrite(batch) ? input : batch;
}

/** Words in an expression that aren't names. */
const words = new Set(
  'and or not between in set add remove delete attribute_exists attribute_not_exists attribute_type begins_with contains size if_not_exists list_append'.split(
    ' ',
  ),
);

/** The top-level attributes that a request uses, without duplicates. */
export function attributesOf(input: ItemRequest, table: string): readonly string[] {
  const get = projectionOf(input, table);
  const expressions = [
    get.ProjectionExpression,
    input.KeyConditionExpression,
    input.FilterExpression,
    input.ConditionExpression,
    input.UpdateExpression,
  ];
  const inExpressions = expressions.flatMap((text) => namesIn(text ?? '', get));
  const inMembers = [
    ...itemsOf(input, table),
    input.KeyConditions,
    input.AttributeUpdates,
    input.Expected,
    input.QueryFilter,
    input.ScanFilter,
  ].flatMap((member) => Object.keys(member ?? {}));
  return [...new Set([...inMembers, ...(get.AttributesToGet ?? []), ...inExpressions])];
}

/** The attributes of an expression; of a path, its first element. */
function namesIn(expression: string, names: Expressions): readonly string[] {
  return [...expression.matchAll(/(?<![:.\w#-])[#A-Za-z_][\w#-]*/g)]
    .map(([name]) => name)
    .filter((name) => !words.has(name.toLowerCase()))
    .map((name) => resolved(name, names));
}

function resolved(name: string, { ExpressionAttributeNames }: Expressions): string {
  return ExpressionAttributeNames?.[name] ?? name;
}
