import type { UntagResourceRequest } from '@aws-sdk/client-lambda';
import { operation } from '../../../calls/operation.ts';
import { findFunction } from '../function-name.ts';
import { functions } from '../records.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_UntagResource.html */
export const untagResource = operation<UntagResourceRequest, object, 'store'>({
  resource: (input) => input.Resource ?? '',
  async run(input, call) {
    const { record, scope } = findFunction({ FunctionName: input.Resource }, call);
    const gone = input.TagKeys ?? [];
    const tags = Object.fromEntries(Object.entries(record.tags).filter(([key]) => !gone.includes(key)));
    await call.store.commit([functions.put(scope, record.FunctionName, { ...record, tags })]);
    return {};
  },
});
