import type { ListVersionsByFunctionRequest, ListVersionsByFunctionResponse } from '@aws-sdk/client-lambda';
import { operation } from '../../../calls/operation.ts';
import { toConfiguration } from '../configuration.ts';
import { findFunction, functionArn } from '../function-name.ts';
import { page } from '../page.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListVersionsByFunction.html */
export const listVersionsByFunction = operation<
  ListVersionsByFunctionRequest,
  ListVersionsByFunctionResponse,
  'store' | 'address'
>({
  resource: functionArn,
  run(input, call) {
    const { record } = findFunction(input, call);
    const { items, ...next } = page([record.latest, ...record.versions], input, 50);
    return {
      Versions: items.map((version) => toConfiguration(record, version, call.address, version.Version)),
      ...next,
    };
  },
});
