import type { ListTagsRequest, ListTagsResponse } from '@aws-sdk/client-lambda';
import { operation } from '../../../calls/operation.ts';
import { findFunction } from '../function-name.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListTags.html */
export const listTags = operation<ListTagsRequest, ListTagsResponse, 'store'>({
  resource: (input) => input.Resource ?? '',
  run: (input, call) => ({ Tags: findFunction({ FunctionName: input.Resource }, call).record.tags }),
});
