import type { ListTagsLogGroupRequest, ListTagsLogGroupResponse } from '@aws-sdk/client-cloudwatch-logs';
import { operation } from '../../../calls/operation.ts';
import { findGroup, groupName, groupResource } from '../find.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_ListTagsLogGroup.html */
export const listTagsLogGroup = operation<ListTagsLogGroupRequest, ListTagsLogGroupResponse, 'store'>({
  resource: groupResource,
  run: (input, call) => ({ tags: findGroup(groupName(input), call).tags }),
});
