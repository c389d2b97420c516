import type { TagResourceRequest } from '@aws-sdk/client-lambda';
import { operation } from '../../../calls/operation.ts';
import { findFunction, invalid } from '../function-name.ts';
import { functions } from '../records.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_TagResource.html */
export const tagResource = operation<TagResourceRequest, object, 'store'>({
  resource: (input) => input.Resource ?? '',
  async run(input, call) {
    const { record, scope } = findFunction({ FunctionName: input.Resource }, call);
    const tags = { ...record.tags, ...input.Tags };
    if (Object.keys(tags).length > 50) throw invalid('Number of tags exceeds resource tag limit.');
    await call.store.commit([functions.put(scope, record.FunctionName, { ...record, tags })]);
    return {};
  },
});
