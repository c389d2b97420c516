import type { DeleteFunctionConcurrencyRequest } from '@aws-sdk/client-lambda';
import { operation } from '../../../calls/operation.ts';
import { findFunction, functionArn } from '../function-name.ts';
import { functions } from '../records.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunctionConcurrency.html */
export const deleteFunctionConcurrency = operation<DeleteFunctionConcurrencyRequest, object, 'store'>({
  resource: functionArn,
  async run(input, call) {
    const { record, scope } = findFunction(input, call);
    const { reservedConcurrency: _gone, ...rest } = record;
    await call.store.commit([functions.put(scope, record.FunctionName, rest)]);
    return {};
  },
});
