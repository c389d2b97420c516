import type { AttributeValue, CancellationReason, ConsumedCapacity, TableDescription } from '@aws-sdk/client-dynamodb';
import { AwsError } from '../../calls/errors.ts';
import { check, type DynaliteError, type DynaliteStore, loadAction, locked } from './dynalite.ts';
import { sizeOf, storedKeyOf, tableIn } from './dynalite-items.ts';
import { type PartInput, type PartOperation, partsOf, type TransactionRequest } from './transaction-parts.ts';

/** The most parts of a transaction. */
const MOST = 100;

/** The most bytes of a transaction. */
const LARGEST = 4 * 1024 * 1024;

/** What DynamoDB says about an empty key. That makes the request invalid; other wrong keys cancel the transaction. */
const emptyKey =
  /(?:A value specified for a secondary index key is not supported\. )?The AttributeValue for a key attribute cannot contain an empty .*/;

/** A part of a validated transaction. */
export interface Part {
  readonly operation: PartOperation;
  /** As it was sent. */
  readonly sent: PartInput;
  /** As dynalite's action takes it. */
  readonly input: object;
}

/** A part, its table, and the place of its item. */
export interface LocatedPart extends Part {
  readonly table: TableDescription;
  readonly key: string;
}

/** The action of dynalite for a part. A condition check is a deletion whose changes are dropped. */
export function actionOf({ operation }: Pick<Part, 'operation'>): string {
  return operation === 'ConditionCheckItem' ? 'DeleteItem' : operation;
}

/** The type of TransactItems. `kinds`: the members of each kind of part. A single kind is required. */
export function transactItems(kinds: Readonly<Record<string, object>>): object {
  const entries = Object.entries(kinds);
  const notNull = entries.length === 1 ? { notNull: true } : {};
  const children = Object.fromEntries(
    entries.map(([kind, members]) => [kind, { type: `FieldStruct<${kind}>`, ...notNull, children: members }]),
  );
  return {
    type: 'List',
    notNull: true,
    lengthGreaterThanOrEqual: 1,
    lengthLessThanOrEqual: MOST,
    children: { type: 'ValueStruct<TransactItem>', children },
  };
}

/** The types of some members of an operation. */
export function typesOf(operation: string, ...members: readonly string[]): Record<string, unknown> {
  const { types } = loadAction(operation);
  return Object.fromEntries(members.map((member) => [member, types[member]]));
}

/** Returns a transaction's parts. Throws an error if DynamoDB rejects it without looking at the tables. */
export function validParts(
  input: TransactionRequest,
  types: Readonly<Record<string, unknown>>,
  store: DynaliteStore,
): Part[] {
  const { TransactItems = [], ...checked } = check(input, types, store) as TransactionRequest;
  for (const item of TransactItems) {
    const count = Object.keys(item).length;
    if (count === 0) {
      throw invalid('Invalid Request: TransactWriteRequest should contain Delete or Put or Update request');
    }
    if (count > 1) throw invalid('TransactItems can only contain one of Check, Put, Update or Delete');
  }
  const parts = partsOf({ ...checked, TransactItems });
  const valid = parts.map(({ operation, input: sent }) => ({
    operation,
    sent,
    input: loadAction(actionOf({ operation })).validate(sent, store),
  }));
  requireSize(
    parts.flatMap(({ input: { Item, Key = {}, ExpressionAttributeValues = {} } }) => [
      sizeOf(Item ?? Key),
      sizeOf(ExpressionAttributeValues),
    ]),
  );
  return valid;
}

/**
 * Finds the items of a transaction. Like DynamoDB, rejects with the first part whose key is invalid, and if two parts
 * have the same item.
 */
export async function located(store: DynaliteStore, parts: readonly Part[]): Promise<LocatedPart[]> {
  const names = [...new Set(parts.map(({ sent }) => sent.TableName ?? ''))];
  const tables = new Map(await Promise.all(names.map(async (name) => [name, await tableIn(store, name)] as const)));
  const found: LocatedPart[] = [];
  const places = new Set<string>();
  for (const [index, part] of parts.entries()) {
    const table = tables.get(part.sent.TableName ?? '') ?? {};
    try {
      const key = storedKeyOf(part.sent, table);
      found.push({ ...part, table, key });
      places.add(placeOf({ table, key }));
    } catch (error) {
      const reason = reasonFor(error);
      if (reason === undefined) throw error;
      const [empty] = emptyKey.exec(reason.Message ?? '') ?? [];
      if (empty !== undefined) throw invalid(`One or more parameter values are not valid. ${empty}`);
      throw cancelled(parts.map((_, each) => (each === index ? reason : none)));
    }
  }
  if (places.size < parts.length) {
    throw invalid('Transaction request cannot include multiple operations on one item');
  }
  return found;
}

/** Works while the items of a transaction are locked, always in the same order: no two wait for each other. */
export function allLocked<T>(
  store: DynaliteStore,
  parts: readonly Pick<LocatedPart, 'table' | 'key'>[],
  work: () => Promise<T>,
): Promise<T> {
  const [first, ...rest] = parts.toSorted((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1));
  if (first === undefined) return work();
  return locked(store.getItemDb(first.table.TableName ?? ''), first.key, () => allLocked(store, rest, work));
}

/** Returns what distinguishes an item from all others. */
export function placeOf({ table, key }: Pick<LocatedPart, 'table' | 'key'>): string {
  return `${table.TableName}~${key}`;
}

/** The reason of a part that didn't cause the cancellation. */
export const none: CancellationReason = { Code: 'None' };

/** Returns why a part's failure cancels the transaction; undefined if the failure is something else. */
export function reasonFor(error: unknown, item?: Record<string, AttributeValue>): CancellationReason | undefined {
  const { __type = '', message } = (error as Partial<DynaliteError>).body ?? {};
  if (__type.endsWith('#ValidationException')) return { Code: 'ValidationError', Message: message };
  if (!__type.endsWith('#ConditionalCheckFailedException')) return undefined;
  return { Code: 'ConditionalCheckFailed', Message: message, Item: item };
}

/** The error of a transaction that had no effect, with the reason of each part. */
export function cancelled(CancellationReasons: readonly CancellationReason[]): AwsError {
  const codes = CancellationReasons.map(({ Code }) => Code).join(', ');
  return new AwsError(
    'TransactionCanceledException',
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    400,
    { CancellationReasons },
  );
}

/**
 * Returns the capacity that a transaction consumes, by table, as a member of its output; no member if no part says. It
 * is twice that of its parts: they are prepared and then committed
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html#transaction-capacity-handling).
 */
export function capacityOf(
  unit: 'ReadCapacityUnits' | 'WriteCapacityUnits',
  outputs: readonly { readonly ConsumedCapacity?: ConsumedCapacity }[],
): { ConsumedCapacity?: ConsumedCapacity[] } {
  const consumed = outputs.flatMap(({ ConsumedCapacity }) => ConsumedCapacity ?? []);
  if (consumed.length === 0) return {};
  const names = [...new Set(consumed.map(({ TableName }) => TableName))];
  const ConsumedCapacity = names.map((TableName) => {
    const own = consumed.filter((each) => each.TableName === TableName);
    const CapacityUnits = 2 * own.reduce((sum, each) => sum + (each.CapacityUnits ?? 0), 0);
    const units = { CapacityUnits, [unit]: CapacityUnits };
    return { TableName, ...units, Table: own[0]?.Table && units };
  });
  return { ConsumedCapacity };
}

/** Throws ValidationException if the items of a transaction have too many bytes together. */
export function requireSize(sizes: readonly number[]): void {
  if (sizes.reduce((sum, size) => sum + size, 0) > LARGEST) {
    throw invalid('Transaction payload size cannot exceed 4 MB');
  }
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message);
}
