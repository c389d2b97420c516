import type { ListFunctionsRequest, ListFunctionsResponse } from '@aws-sdk/client-lambda';
import { regional } from '../../../calls/context.ts';
import { UnsupportedError } from '../../../calls/errors.ts';
import { operation } from '../../../calls/operation.ts';
import { toConfiguration } from '../configuration.ts';
import { page } from '../page.ts';
import { functions } from '../records.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html */
export const listFunctions = operation<ListFunctionsRequest, ListFunctionsResponse, 'store' | 'address'>({
  resource: () => '*',
  run(input, call) {
    if (input.MasterRegion !== undefined) throw new UnsupportedError("ListFunctions' MasterRegion");
    const all = functions
      .list(call.store, regional(call))
      .flatMap((record) =>
        input.FunctionVersion === 'ALL'
          ? [record.latest, ...record.versions].map((version) =>
              toConfiguration(record, version, call.address, version.Version),
            )
          : [toConfiguration(record, record.latest, call.address)],
      );
    const { items, ...next } = page(all, input, 50);
    return { Functions: [...items], ...next };
  },
});
