import type { AttributeValue, ConsumedCapacity } from '@aws-sdk/client-dynamodb';
import type { DynaliteAction, DynaliteStore } from './dynalite.ts';
import type { Conflicts } from './dynalite-conflicts.ts';
import { perform, sizeOf } from './dynalite-items.ts';
import {
  allLocked,
  capacityOf,
  type LocatedPart,
  located,
  type Part,
  requireSize,
  transactItems,
  typesOf,
  validParts,
} from './dynalite-transaction.ts';

/** The output of reading one item. */
interface Output {
  readonly Item?: Record<string, AttributeValue>;
  readonly ConsumedCapacity?: ConsumedCapacity;
}

/**
 * TransactGetItems, which dynalite lacks. It reads locked items, so no transaction can change some of them meanwhile.
 * Without `conflicts`, it waits for others that write one of its items.
 */
export function transactGet(conflicts: Conflicts | undefined): DynaliteAction {
  const types = {
    ...typesOf('BatchGetItem', 'ReturnConsumedCapacity'),
    TransactItems: transactItems({
      Get: typesOf('GetItem', 'TableName', 'Key', 'ProjectionExpression', 'ExpressionAttributeNames'),
    }),
  };
  return {
    types,
    validate: (input, store) => validParts(input, types, store),
    run(store, input, callback) {
      read(store, input as readonly Part[], conflicts).then((output) => callback(undefined, output), callback);
    },
  };
}

/** Reads the items of a transaction's parts. */
export function readAll(store: DynaliteStore, parts: readonly LocatedPart[]): Promise<Output[]> {
  return allLocked(store, parts, () => Promise.all(parts.map(({ input }) => perform(store, 'GetItem', input))));
}

async function read(store: DynaliteStore, parts: readonly Part[], conflicts: Conflicts | undefined): Promise<object> {
  const consistent = parts.map((part) => ({ ...part, input: { ...part.input, ConsistentRead: true } }));
  const all = await located(store, consistent);
  conflicts?.requireNone(all);
  const outputs = await readAll(store, all);
  requireSize(outputs.map(({ Item = {} }) => sizeOf(Item)));
  const Responses = outputs.map(({ Item }) => ({ Item }));
  return { Responses, ...capacityOf('ReadCapacityUnits', outputs) };
}
