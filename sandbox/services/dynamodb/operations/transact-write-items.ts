import type { TransactWriteItemsInput } from '@aws-sdk/client-dynamodb';
import { operation } from '../../../calls/operation.ts';
import { happened } from '../../../trace/publish.ts';
import { publishRows } from '../changed-rows.ts';
import { keepChanges } from '../changes.ts';
import { requireNesting } from '../nesting.ts';
import { requireExpressionSizes } from '../parameters.ts';
import { tableName } from '../table.ts';
import { needsOfParts } from '../transaction-needs.ts';
import { partsOf, renamed, type TransactionRequest, writesOf } from '../transaction-parts.ts';

type Input = TransactionRequest & Pick<TransactWriteItemsInput, 'ClientRequestToken'>;

interface Output {
  /** Whether the transaction happened earlier, with the same token. */
  readonly isReplay?: boolean;
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html */
export const transactWriteItems = operation<Input, object, 'tables' | 'store' | 'clock'>({
  alsoNeeds: (input, call) => needsOfParts('TransactWriteItems', input, call),
  async run(input, call) {
    for (const part of partsOf(input)) {
      requireNesting(part.input);
      requireExpressionSizes(part.input);
    }
    const named = renamed(input, (given) => tableName(given, call));
    const now = call.clock.now().getTime();
    const { isReplay, ...output }: Output = await call.tables.perform(call, 'TransactWriteItems', { ...named, now });
    for (const part of writesOf(named)) {
      // Even of a replay: the account may have ended before it kept them.
      await keepChanges(part.input, call);
      if (happened.hasSubscribers && !isReplay) await publishRows(part.operation, part.input, call);
    }
    return output;
  },
});
