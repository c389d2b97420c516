import { operation } from '../../../calls/operation.ts';
import { tableName } from '../table.ts';
import { needsOfParts } from '../transaction-needs.ts';
import { renamed, type TransactionRequest } from '../transaction-parts.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactGetItems.html */
export const transactGetItems = operation<TransactionRequest, object, 'tables' | 'store'>({
  alsoNeeds: (input, call) => needsOfParts('TransactGetItems', input, call),
  run: (input, call) =>
    call.tables.perform(
      call,
      'TransactGetItems',
      renamed(input, (given) => tableName(given, call)),
    ),
});
