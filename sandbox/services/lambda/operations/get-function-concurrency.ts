import type { GetFunctionConcurrencyRequest, GetFunctionConcurrencyResponse } from '@aws-sdk/client-lambda';
import { operation } from '../../../calls/operation.ts';
import { findFunction, functionArn } from '../function-name.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConcurrency.html */
export const getFunctionConcurrency = operation<GetFunctionConcurrencyRequest, GetFunctionConcurrencyResponse, 'store'>(
  {
    resource: functionArn,
    run: (input, call) => ({ ReservedConcurrentExecutions: findFunction(input, call).record.reservedConcurrency }),
  },
);
