import type { AttributeValue, TableDescription } from '@aws-sdk/client-dynamodb';
import type { Call } from '../calls/context.ts';
import { regional } from '../calls/context.ts';
import { AwsError } from '../calls/errors.ts';
import { type ItemRequest, itemsOf, partitionKeyIn } from '../services/dynamodb/request.ts';
import { tableName } from '../services/dynamodb/table.ts';
import { type TransactionRequest, writesOf } from '../services/dynamodb/transaction-parts.ts';
import { between, type Chance } from './chance.ts';
import type { Run, WireRequest } from './weather.ts';

type Item = Readonly<Record<string, AttributeValue>>;

/**
 * How long a write to a table takes to reach its indexes, in seconds: "within a fraction of a second, under normal
 * conditions", https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html#GSI.Writes
 */
const lag = [0.1, 2] as const;

/** A write that hasn't reached the table's indexes yet, and the item before it. */
interface Write {
  readonly arrives: number;
  readonly key: Item;
  readonly before: Item | undefined;
}

/** Shows the tables' global secondary indexes as they were a moment ago. */
export class LateIndexes {
  readonly #chance: Chance;
  readonly #seconds: () => number;
  /** By account, region and table, oldest first. */
  readonly #writes = new Map<string, Write[]>();
  #count = 0;

  constructor(chance: Chance, seconds: () => number) {
    this.#chance = chance;
    this.#seconds = seconds;
  }

  /** Runs a DynamoDB operation: records its writes, or changes what it reads from an index. */
  async of(request: WireRequest, call: Call, run: Run): Promise<object> {
    const { service, operation, input } = request;
    if (service.name !== 'dynamodb') return run(input, call);
    if (/^(Put|Update|Delete|BatchWrite)Item$|^TransactWriteItems$/.test(operation))
      return this.#write(input, call, run);
    return /^(Query|Scan)$/.test(operation) && 'IndexName' in input
      ? this.#read(input as IndexRead, call, run)
      : run(input, call);
  }

  async #write(input: WriteRequest & TransactionRequest, call: Call, run: Run): Promise<object> {
    const requests = 'TransactItems' in input ? writesOf(input).map((part) => part.input) : [input];
    const pending: Pending[] = [];
    for (const request of requests) pending.push(...(await pendingOf(request, call)));
    const output = await run(input, call);
    for (const [place, write] of pending) {
      this.#count += 1;
      const arrives = this.#seconds() + between(lag, this.#chance('index', this.#count));
      this.#writes.set(place, [...this.#unseen(place), { ...write, arrives }]);
    }
    return output;
  }

  async #read(input: IndexRead, call: Call, run: Run): Promise<object> {
    const output = (await run(input, call)) as { readonly Items?: readonly Item[] };
    const table = await describe(input.TableName, call);
    const index = table?.GlobalSecondaryIndexes?.find(({ IndexName }) => IndexName === input.IndexName);
    if (table === undefined || index === undefined || output.Items === undefined) return output;
    const [partition = ''] = namesIn(index.KeySchema);
    const keys = [...new Set([...namesIn(table.KeySchema), ...namesIn(index.KeySchema)])];
    const { ProjectionType, NonKeyAttributes = [] } = index.Projection ?? {};
    // Reads with other conditions, or of parts of items, don't get items that the index would no longer return.
    const isWhole = [input.FilterExpression, input.ProjectionExpression, input.AttributesToGet].every(
      (part) => part === undefined,
    );
    const [wanted] = partitionKeyIn(input, partition);
    const belongs = (item: Item) =>
      isWhole && keys.every((key) => key in item) && (wanted === undefined || isSame(item[partition], wanted));
    let items = output.Items;
    const seen = new Set<string>();
    for (const { key, before } of this.#unseen(placeOf(table, call))) {
      const name = JSON.stringify(Object.entries(key).sort());
      // If an item has several writes, the state before the first one counts.
      if (seen.has(name)) continue;
      seen.add(name);
      items = items.filter(
        (item) => !Object.entries(key).every(([attribute, value]) => isSame(item[attribute], value)),
      );
      if (before === undefined || !belongs(before)) continue;
      items = [...items, ProjectionType === 'ALL' ? before : partOf(before, [...keys, ...NonKeyAttributes])];
    }
    return { ...output, Items: items, Count: items.length };
  }

  /** Returns the writes that haven't arrived, in order: none becomes visible before an earlier one. */
  #unseen(place: string): Write[] {
    const writes = this.#writes.get(place) ?? [];
    const first = writes.findIndex(({ arrives }) => arrives > this.#seconds());
    const unseen = first === -1 ? [] : writes.slice(first);
    this.#writes.set(place, unseen);
    return unseen;
  }
}

type IndexRead = ItemRequest & { readonly TableName?: string };
type WriteRequest = ItemRequest & { readonly TableName?: string };

/** A write that hasn't happened yet, and the place of its table. */
type Pending = readonly [place: string, write: Omit<Write, 'arrives'>];

async function pendingOf(input: WriteRequest, call: Call): Promise<Pending[]> {
  const pending: Pending[] = [];
  for (const given of input.TableName === undefined ? Object.keys(input.RequestItems ?? {}) : [input.TableName]) {
    const table = await describe(given, call);
    if (table?.GlobalSecondaryIndexes === undefined) continue;
    const keys = namesIn(table.KeySchema);
    for (const item of itemsOf(input, table.TableName ?? '')) {
      const key = partOf(item as Item, keys);
      if (Object.keys(key).length < keys.length) continue;
      pending.push([placeOf(table, call), { key, before: await itemAt(table, key, call) }]);
    }
  }
  return pending;
}

async function describe(given: string | undefined, call: Call): Promise<TableDescription | undefined> {
  try {
    const { Table } = (await call.tables.perform(call, 'DescribeTable', { TableName: tableName(given, call) })) as {
      Table: TableDescription;
    };
    return Table;
  } catch (error) {
    // The operation itself reports what is wrong with the table.
    if (error instanceof AwsError) return undefined;
    throw error;
  }
}

async function itemAt({ TableName }: TableDescription, Key: Item, call: Call): Promise<Item | undefined> {
  try {
    const { Item } = (await call.tables.perform(call, 'GetItem', { TableName, Key, ConsistentRead: true })) as {
      Item?: Item;
    };
    return Item;
  } catch (error) {
    if (error instanceof AwsError) return undefined;
    throw error;
  }
}

function placeOf({ TableName = '' }: TableDescription, call: Call): string {
  return `${regional(call)}/${TableName}`;
}

function namesIn(schema: TableDescription['KeySchema'] = []): string[] {
  return schema.flatMap(({ AttributeName }) => AttributeName ?? []);
}

function partOf(item: Item, names: readonly string[]): Item {
  return Object.fromEntries(Object.entries(item).filter(([name]) => names.includes(name)));
}

function isSame(one: AttributeValue | undefined, other: AttributeValue): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
