import type {
  AttributeValue,
  CreateGlobalSecondaryIndexAction,
  GlobalSecondaryIndexDescription,
  TableDescription,
  UpdateTableInput,
} from '@aws-sdk/client-dynamodb';
import { addToIndexes, type DynaliteAction, type DynaliteStore, loadAction, locked } from './dynalite.ts';
import { requestedIndex } from './requested-index.ts';

type Item = Readonly<Record<string, AttributeValue>>;

/**
 * UpdateTable for a global secondary index that is created or deleted; dynalite's own only changes the capacity of one.
 * Like dynalite's, it locks the table.
 */
export const updateIndex: DynaliteAction = {
  types: {
    TableName: 'String',
    AttributeDefinitions: 'List',
    GlobalSecondaryIndexUpdates: 'List',
    ProvisionedThroughput: 'Structure',
  },
  validate: (input) => ({ ...input }),
  run(store, input, callback) {
    const update = input as UpdateTableInput;
    locked(store.tableDb, update.TableName ?? '', () => changeTable(store, update)).then(
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

async function changeTable(store: DynaliteStore, update: UpdateTableInput): Promise<TableDescription> {
  const { TableName = '' } = update;
  const table = (await store.db.get(`table~${TableName}`)) as TableDescription;
  const { definitions, create, delete: deleted } = requestedIndex(update, table);
  const save = (changed: TableDescription) => store.db.put(`table~${TableName}`, changed);
  const indexes = table.GlobalSecondaryIndexes ?? [];
  const defined = { ...table, AttributeDefinitions: definitions };
  const updating = { ...defined, TableStatus: 'UPDATING' as const };
  if (create === undefined) {
    const isDeleted = ({ IndexName }: GlobalSecondaryIndexDescription) => IndexName === deleted?.IndexName;
    await save(
      withIndexes(
        defined,
        indexes.filter((index) => !isDeleted(index)),
      ),
    );
    await empty(store, TableName, deleted?.IndexName);
    const deleting = indexes.map((index) =>
      isDeleted(index) ? { ...index, IndexStatus: 'DELETING' as const } : index,
    );
    return withIndexes(updating, deleting);
  }
  validate(store, defined, [...indexes, create]);
  // The deletion of an index with this name may have been interrupted.
  await empty(store, TableName, create.IndexName);
  const index = created(table, create);
  const creating = withIndexes(updating, [...indexes, index]);
  await save(creating);
  await fill(store, creating, index);
  await save(withIndexes(defined, [...indexes, { ...index, IndexStatus: 'ACTIVE' }]));
  return creating;
}

/** Returns the table with these global secondary indexes. Without any, it lacks the member. */
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
