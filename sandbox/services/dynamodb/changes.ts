import type { AttributeValue, TableDescription } from '@aws-sdk/client-dynamodb';
import { type Call, regional } from '../../calls/context.ts';
import type { Write } from '../../state/store.ts';
import { type TableChange, type TableRecord, tableChanges, tableRecords } from './records.ts';
import { type ItemRequest, itemsOf } from './request.ts';
import { requireTable, tableName } from './table.ts';

// The data of point-in-time recovery: each item's state when recovery was enabled, and after each write.

type Item = Readonly<Record<string, AttributeValue>>;

/** The number of each store's latest change: two can happen in the same millisecond. */
const latest = new WeakMap<object, number>();

/** Records a request's writes to tables with point-in-time recovery. */
export async function keepChanges(
  input: ItemRequest & { readonly TableName?: string },
  call: Call<'tables' | 'store' | 'clock'>,
): Promise<void> {
  const given = input.TableName === undefined ? Object.keys(input.RequestItems ?? {}) : [input.TableName];
  for (const name of given) {
    const kept = tableRecords.get(call.store, regional(call), tableName(name, call) ?? '');
    if (kept?.pointInTimeRecovery === undefined) continue;
    const { table, record } = await requireTable(name, call);
    const names = keyNames(table);
    for (const item of itemsOf(input, record.TableName)) {
      const key = Object.fromEntries(names.map((each) => [each, item[each] as AttributeValue]));
      const { Item } = (await call.tables.perform(call, 'GetItem', {
        TableName: record.TableName,
        Key: key,
        ConsistentRead: true,
      })) as { Item?: Item };
      await call.store.commit([change(record, key, Item, call)]);
    }
  }
}

/** Records all items of a table, where recovery begins. */
export async function keepAll(
  record: TableRecord,
  table: TableDescription,
  call: Call<'tables' | 'store' | 'clock'>,
): Promise<void> {
  const names = keyNames(table);
  let ExclusiveStartKey: Item | undefined;
  do {
    const scan = { TableName: record.TableName, ConsistentRead: true, ExclusiveStartKey };
    const { Items, LastEvaluatedKey } = (await call.tables.perform(call, 'Scan', scan)) as {
      Items: readonly Item[];
      LastEvaluatedKey?: Item;
    };
    await call.store.commit(
      Items.map((item) => {
        const key = Object.fromEntries(names.map((name) => [name, item[name] as AttributeValue]));
        return change(record, key, item, call);
      }),
    );
    ExclusiveStartKey = LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
}

/** Returns the changes to the store that forget a table's history. */
export function forgetChanges({ TableId }: Pick<TableRecord, 'TableId'>, call: Call<'store'>): Write[] {
  return changesOf(TableId, call).map(({ number }) => tableChanges.remove(regional(call), idOf(TableId, number)));
}

/** Returns a table's items at a time, in milliseconds. */
export function itemsAt(record: TableRecord, time: number, call: Call<'store'>): Item[] {
  const items = new Map<string, Item>();
  for (const { at, key, item } of changesOf(record.TableId, call)) {
    if (Date.parse(at) > time) break;
    const name = JSON.stringify(key);
    if (item === undefined) items.delete(name);
    else items.set(name, item);
  }
  return [...items.values()];
}

function changesOf(TableId: string, call: Call<'store'>): TableChange[] {
  return tableChanges
    .list(call.store, regional(call))
    .filter((each) => each.TableId === TableId)
    .sort((one, other) => one.number - other.number);
}

function change(
  { TableId }: Pick<TableRecord, 'TableId'>,
  key: Item,
  item: Item | undefined,
  call: Call<'store' | 'clock'>,
): Write {
  const at = call.clock.now();
  const number = Math.max((latest.get(call.store) ?? 0) + 1, at.getTime() * 1000);
  latest.set(call.store, number);
  const value = { TableId, number, at: at.toISOString(), key, item };
  return tableChanges.put(regional(call), idOf(TableId, number), value);
}

function idOf(TableId: string, number: number): string {
  return `${TableId}/${number}`;
}

function keyNames({ KeySchema = [] }: TableDescription): string[] {
  return KeySchema.flatMap(({ AttributeName }) => AttributeName ?? []);
}
