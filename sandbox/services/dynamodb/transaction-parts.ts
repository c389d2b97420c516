import type { ItemRequest } from './request.ts';

/** An operation on one item, as part of a transaction: as if it were a request of its own. */
export interface TransactionPart {
  readonly operation: PartOperation;
  readonly input: PartInput;
}

export type PartOperation = 'ConditionCheckItem' | 'DeleteItem' | 'GetItem' | 'PutItem' | 'UpdateItem';

export interface PartInput extends Omit<ItemRequest, 'RequestItems'> {
  readonly TableName?: string;
  readonly ReturnValuesOnConditionCheckFailure?: string;
}

/** A TransactWriteItems or TransactGetItems request, as it comes over the wire. */
export interface TransactionRequest {
  readonly TransactItems?: ReadonlyArray<Readonly<Record<string, PartInput | undefined>>>;
  readonly ReturnConsumedCapacity?: string;
}

/** The operations that the members of TransactItems stand for, which are also their IAM actions. */
const operations: Readonly<Record<string, PartOperation>> = {
  ConditionCheck: 'ConditionCheckItem',
  Delete: 'DeleteItem',
  Get: 'GetItem',
  Put: 'PutItem',
  Update: 'UpdateItem',
};

/** Returns the parts of a transaction; none of any other request. */
export function partsOf({ TransactItems = [], ReturnConsumedCapacity }: TransactionRequest): TransactionPart[] {
  return TransactItems.flatMap((item) => Object.entries(item)).flatMap(([name, input]) => {
    const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
    return operation === undefined ? [] : [{ operation, input: { ...input, ReturnConsumedCapacity } }];
  });
}

/** Returns the parts of a transaction that change items. */
export function writesOf(request: TransactionRequest): TransactionPart[] {
  return partsOf(request).filter(({ operation }) => /^(Put|Update|Delete)/.test(operation));
}

/** Returns a transaction with other table names. */
export function renamed<Request extends TransactionRequest>(
  request: Request,
  nameOf: (given: string | undefined) => string | undefined,
): Request {
  const TransactItems = request.TransactItems?.map((item) =>
    Object.fromEntries(
      Object.entries(item).map(([name, input]) => [name, { ...input, TableName: nameOf(input?.TableName) }]),
    ),
  );
  return { ...request, TransactItems };
}
