import type { Concurrency, PutFunctionConcurrencyRequest } from '@aws-sdk/client-lambda';
import { operation } from '../../../calls/operation.ts';
import { findFunction, functionArn, invalid } from '../function-name.ts';
import { functions } from '../records.ts';

/** Of an account's 1000, 100 are kept for functions without a reservation. */
const most = 900;

/** https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionConcurrency.html */
export const putFunctionConcurrency = operation<PutFunctionConcurrencyRequest, Concurrency, 'store'>({
  resource: functionArn,
  async run(input, call) {
    const { record, scope } = findFunction(input, call);
    const reservedConcurrency = input.ReservedConcurrentExecutions ?? -1;
    if (!Number.isInteger(reservedConcurrency) || reservedConcurrency < 0) {
      throw invalid('ReservedConcurrentExecutions must be a number from 0.');
    }
    if (reservedConcurrency > most) {
      throw invalid(
        `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100].`,
      );
    }
    await call.store.commit([functions.put(scope, record.FunctionName, { ...record, reservedConcurrency })]);
    return { ReservedConcurrentExecutions: reservedConcurrency };
  },
});
