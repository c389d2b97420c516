import type { ListTagsForResourceRequest, ListTagsForResourceResponse } from '@aws-sdk/client-cloudwatch-logs';
import { operation } from '../../../calls/operation.ts';
import { findGroup, nameInArn } from '../find.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_ListTagsForResource.html */
export const listTagsForResource = operation<ListTagsForResourceRequest, ListTagsForResourceResponse, 'store'>({
  resource: (input) => input.resourceArn ?? '',
  run: (input, call) => ({ tags: findGroup(nameInArn(input.resourceArn), call).tags }),
});
