import type { ListTagsForResourceRequest, ListTagsForResourceResult } from '@aws-sdk/client-ssm';
import { operation } from '../../../calls/operation.ts';
import { parameterArn } from '../parameter.ts';
import { taggedParameter } from '../tagged.ts';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ListTagsForResource.html */
export const listTagsForResource = operation<ListTagsForResourceRequest, ListTagsForResourceResult, 'store'>({
  resource: ({ ResourceId }, call) => parameterArn(ResourceId, call),
  run(input, call) {
    const { Tags } = taggedParameter(input, call);
    return { TagList: Object.entries(Tags).map(([Key, Value]) => ({ Key, Value })) };
  },
});
