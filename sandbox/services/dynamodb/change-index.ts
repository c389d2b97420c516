import type {
  AttributeDefinition,
  AttributeValue,
  CreateGlobalSecondaryIndexAction,
  DeleteGlobalSecondaryIndexAction,
  GlobalSecondaryIndexDescription,
  TableDescription,
} from '@aws-sdk/client-dynamodb';
import { addToIndexes, type DynaliteAction, type DynaliteStore, loadAction, locked } from './dynalite.ts';

/** A global secondary index to create or delete. */
export interface IndexChange {
  readonly TableName: string;
  /** The table's definitions after the change. */
  readonly AttributeDefinitions: readonly AttributeDefinition[];
  readonly Create?: CreateGlobalSecondaryIndexAction | undefined;
  readonly Delete?: DeleteGlobalSecondaryIndexAction | undefined;
}

type Item = Readonly<Record<string, AttributeValue>>;

/**
 * Creates or deletes a global secondary index of an existing table; dynalite's own UpdateTable only changes the capacity
 * of one. Like its operations, it takes dynalite's locks.
 */
export const changeIndex: DynaliteAction = {
  types: { TableName: 'String', AttributeDefinitions: 'List', Create: 'Structure', Delete: 'Structure' },
  validate: (input) => ({ ...input }),
  run(store, input, callback) {
    const change = input as IndexChange;
    locked(store.tableDb, change.TableName, () => changeTable(store, change)).then(
      (TableDescription) => callback(undefined, { TableDescription }),
      callback,
    );
  },
};

/** Completes the creation of indexes that was interrupted when the last process ended. */
export async function completeIndexes(store: DynaliteStore, table: TableDescription): Promise<void> {
  const { GlobalSecondaryIndexes = [] } = table;
  for (const index of GlobalSecondaryIndexes) {
    if (index.IndexStatus === 'CREATING') await fill(store, table, index);
  }
}

async function changeTable(store: DynaliteStore, change: IndexChange): Promise<TableDescription> {
  const { TableName, AttributeDefinitions, Create, Delete } = change;
  const table = (await store.db.get(`table~${TableName}`)) as TableDescription;
  const save = (changed: TableDescription) => store.db.put(`table~${TableName}`, changed);
  const others = (table.GlobalSecondaryIndexes ?? []).filter(({ IndexName }) => IndexName !== Delete?.IndexName);
  const defined = { ...table, AttributeDefinitions: [...AttributeDefinitions] };
  if (Create === undefined) {
    await save(withIndexes(defined, others));
    await empty(store, TableName, Delete?.IndexName);
    const deleted = table.GlobalSecondaryIndexes?.map((index) =>
      index.IndexName === Delete?.IndexName ? { ...index, IndexStatus: 'DELETING' as const } : index,
    );
    return { ...withIndexes(defined, deleted ?? []), TableStatus: 'UPDATING' };
  }
  validate(store, defined, [...others, Create]);
  // The deletion of an index with this name may have been interrupted.
  await empty(store, TableName, Create.IndexName);
  const index = created(table, Create);
  const updating = { ...withIndexes(defined, [...others, index]), TableStatus: 'UPDATING' as const };
  await save(updating);
  await fill(store, updating, index);
  await save(withIndexes(defined, [...others, { ...index, IndexStatus: 'ACTIVE' }]));
  return updating;
}

/** The table with these global secondary indexes; without the member if there are none. */
function withIndexes(
  { GlobalSecondaryIndexes: _, ...table }: TableDescription,
  indexes: GlobalSecondaryIndexDescription[],
): TableDescription {
  return indexes.length === 0 ? table : { ...table, GlobalSecondaryIndexes: indexes };
}

/** Throws a DynaliteError if a table couldn't have been created with these indexes. */
function validate(
  store: DynaliteStore,
  { TableName, KeySchema, AttributeDefinitions, BillingModeSummary, ProvisionedThroughput }: TableDescription,
  indexes: readonly (GlobalSecondaryIndexDescription | CreateGlobalSecondaryIndexAction)[],
): void {
  const { BillingMode = 'PROVISIONED' } = BillingModeSummary ?? {};
  const { ReadCapacityUnits, WriteCapacityUnits } = ProvisionedThroughput ?? {};
  const capacity = BillingMode === 'PROVISIONED' ? { ReadCapacityUnits, WriteCapacityUnits } : undefined;
  const GlobalSecondaryIndexes = indexes.map((index) => ({
    IndexName: index.IndexName,
    KeySchema: index.KeySchema,
    Projection: index.Projection,
    ...('IndexStatus' in index ? {} : { ProvisionedThroughput: index.ProvisionedThroughput }),
  }));
  const table = { TableName, KeySchema, AttributeDefinitions, BillingMode, GlobalSecondaryIndexes };
  loadAction('CreateTable').validate({ ...table, ProvisionedThroughput: capacity }, store);
}

/** An index as dynalite's CreateTable stores it. */
function created(
  { TableArn }: TableDescription,
  { IndexName, KeySchema, Projection, ProvisionedThroughput }: CreateGlobalSecondaryIndexAction,
): GlobalSecondaryIndexDescription {
  const { ReadCapacityUnits = 0, WriteCapacityUnits = 0 } = ProvisionedThroughput ?? {};
  return {
    IndexName,
    KeySchema,
    Projection,
    IndexArn: `${TableArn}/index/${IndexName}`,
    IndexSizeBytes: 0,
    ItemCount: 0,
    IndexStatus: 'CREATING',
    ProvisionedThroughput: { ReadCapacityUnits, WriteCapacityUnits, NumberOfDecreasesToday: 0 },
  };
}

/**
 * Writes the table's items into a new index. As on AWS, items without its keys, or with keys of another type, are left
 * out (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.OnlineOps.ViolationDetection.html).
 */
async function fill(
  store: DynaliteStore,
  table: TableDescription,
  index: GlobalSecondaryIndexDescription,
): Promise<void> {
  const { TableName = '', AttributeDefinitions = [] } = table;
  const only = { ...table, LocalSecondaryIndexes: [], GlobalSecondaryIndexes: [index] };
  const types = new Map(AttributeDefinitions.map(({ AttributeName, AttributeType }) => [AttributeName, AttributeType]));
  const isIndexed = (item: Item) =>
    (index.KeySchema ?? []).every(({ AttributeName = '' }) => {
      const value = item[AttributeName]?.[types.get(AttributeName) as keyof AttributeValue];
      return value !== undefined && value !== '';
    });
  const prefix = `item-${TableName}~`;
  for (const key of await keysWith(store, prefix)) {
    await locked(store.getItemDb(TableName), key.slice(prefix.length), async () => {
      const item = (await store.db.get(key)) as Item | undefined;
      if (item !== undefined && isIndexed(item)) await addToIndexes(store, only, item);
    });
  }
}

async function empty(store: DynaliteStore, TableName: string, IndexName = ''): Promise<void> {
  const keys = await keysWith(store, `index-global~${TableName}~${IndexName}~`);
  await store.db.batch(keys.map((key) => ({ type: 'del', key })));
}

async function keysWith(store: DynaliteStore, prefix: string): Promise<string[]> {
  return (await store.db.keys({ gte: prefix, lt: `${prefix}\u00ff` }).all()) as string[];
}
