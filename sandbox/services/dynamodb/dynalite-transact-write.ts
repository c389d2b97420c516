import { createHash } from 'node:crypto';
import type { AttributeValue, CancellationReason } from '@aws-sdk/client-dynamodb';
import type { DynaliteAction, DynaliteStore } from './dynalite.ts';
import type { Conflicts } from './dynalite-conflicts.ts';
import { collecting, perform } from './dynalite-items.ts';
import { readAll } from './dynalite-transact-get.ts';
import {
  actionOf,
  allLocked,
  cancelled,
  capacityOf,
  type LocatedPart,
  located,
  none,
  type Part,
  reasonFor,
  transactItems,
  typesOf,
  validParts,
} from './dynalite-transaction.ts';
import type { TransactionRequest } from './transaction-parts.ts';
import { TransactionTokens } from './transaction-tokens.ts';

type Item = Record<string, AttributeValue>;

interface Input extends TransactionRequest {
  readonly ClientRequestToken?: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

interface Checked extends Pick<Input, 'ClientRequestToken' | 'now'> {
  readonly parts: readonly Part[];
  readonly digest: string;
}

/**
 * TransactWriteItems, which dynalite lacks. It runs dynalite's actions on locked items, collects their changes, and
 * makes all of them at once. Without `conflicts`, it waits for others that use one of its items.
 */
export function transactWrite(conflicts: Conflicts | undefined): DynaliteAction {
  const types = typesOfInput();
  let tokens: TransactionTokens | undefined;
  return {
    types,
    validate(input, store): Checked {
      const { TransactItems, ClientRequestToken, now } = input as Input;
      const parts = validParts(input, types, store);
      return { parts, digest: digestOf(TransactItems), ClientRequestToken, now };
    },
    run(store, input, callback) {
      tokens ??= new TransactionTokens(store.db);
      write(store, input as Checked, { tokens, conflicts }).then((output) => callback(undefined, output), callback);
    },
  };
}

/** Returns a hash that doesn't depend on the order of an object's members. */
function digestOf(value: unknown): string {
  const sorted = JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([one], [other]) => (one < other ? -1 : 1)))
      : each,
  );
  return createHash('sha256').update(sorted).digest('base64');
}

function typesOfInput(): Record<string, unknown> {
  const [put, update, deletion] = ['PutItem', 'UpdateItem', 'DeleteItem'].map((operation) =>
    typesOf(
      operation,
      'TableName',
      operation === 'PutItem' ? 'Item' : 'Key',
      'ConditionExpression',
      'ExpressionAttributeNames',
      'ExpressionAttributeValues',
    ),
  );
  const failure = { ReturnValuesOnConditionCheckFailure: { type: 'String', enum: ['ALL_OLD', 'NONE'] } };
  const required = { type: 'String', notNull: true };
  return {
    ...typesOf('BatchWriteItem', 'ReturnConsumedCapacity'),
    ClientRequestToken: { type: 'String', lengthGreaterThanOrEqual: 1, lengthLessThanOrEqual: 36 },
    now: 'Long',
    TransactItems: transactItems({
      ConditionCheck: { ...deletion, ...failure, ConditionExpression: required },
      Put: { ...put, ...failure },
      Delete: { ...deletion, ...failure },
      Update: { ...update, ...failure, UpdateExpression: required },
    }),
  };
}

async function write(
  store: DynaliteStore,
  { parts, digest, ClientRequestToken: token, now }: Checked,
  { tokens, conflicts }: { readonly tokens: TransactionTokens; readonly conflicts: Conflicts | undefined },
): Promise<object> {
  const all = await located(store, parts);
  const writing = (changes: readonly object[]) => allLocked(store, all, () => writeAll(store, all, changes));
  return tokens.once(
    { token, digest, now },
    {
      run: (changes) => conflicts?.writing(all, () => writing(changes)) ?? writing(changes),
      // The answer says which capacity it takes to read the items.
      again: async () => ({
        ...capacityOf('ReadCapacityUnits', await readAll(store, all.map(reading))),
        isReplay: true,
      }),
    },
  );
}

async function writeAll(
  store: DynaliteStore,
  parts: readonly LocatedPart[],
  others: readonly object[],
): Promise<object> {
  const changes = [...others];
  const outputs: object[] = [];
  const reasons: CancellationReason[] = [];
  for (const part of parts) {
    const own: object[] = [];
    try {
      outputs.push(await perform(collecting(store, own), actionOf(part), part.input));
      reasons.push(none);
      if (part.operation !== 'ConditionCheckItem') changes.push(...own);
    } catch (error) {
      const reason = reasonFor(error, await shownAfter(store, part));
      if (reason === undefined) throw error;
      reasons.push(reason);
    }
  }
  if (reasons.some((reason) => reason !== none)) throw cancelled(reasons);
  await store.db.batch(changes);
  return capacityOf('WriteCapacityUnits', outputs);
}

/** Returns the item that a part shows if its condition fails; undefined if it shows none, or it doesn't exist. */
async function shownAfter(store: DynaliteStore, { sent, table, key }: LocatedPart): Promise<Item | undefined> {
  if (sent.ReturnValuesOnConditionCheckFailure !== 'ALL_OLD') return undefined;
  return (await store.db.get(`item-${table.TableName}~${key}`)) as Item | undefined;
}

/** Returns the part that reads the item of a part. */
function reading(part: LocatedPart): LocatedPart {
  const { Item, Key, TableName, ReturnConsumedCapacity } = part.sent;
  const names = (part.table.KeySchema ?? []).map(({ AttributeName = '' }) => AttributeName);
  const key = Key ?? Object.fromEntries(names.map((name) => [name, Item?.[name]]));
  const input = { TableName, Key: key, ReturnConsumedCapacity };
  return { ...part, operation: 'GetItem', input: { ...input, ConsistentRead: true } };
}
