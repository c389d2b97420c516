import type { Call } from '../../calls/context.ts';
import type { Need } from '../../calls/operation.ts';
import { itemContext } from './context.ts';
import { tableArn } from './table.ts';
import { partsOf, type TransactionRequest } from './transaction-parts.ts';

/**
 * Returns the permissions for a transaction. It has no action of its own: each part needs that of its operation
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html).
 */
export function needsOfParts(name: string, request: TransactionRequest, call: Call<'tables' | 'store'>): Need[] {
  return partsOf(request).map(({ operation, input }) => {
    const resource = tableArn(input.TableName, call);
    return {
      action: `dynamodb:${operation}`,
      resource,
      context: async () => ({
        ...(await itemContext(operation, input, call, resource)),
        'dynamodb:EnclosingOperation': name,
      }),
    };
  });
}
