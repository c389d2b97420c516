import type { TagResourceRequest } from '@aws-sdk/client-cloudwatch-logs';
import { regional } from '../../../calls/context.ts';
import { AwsError } from '../../../calls/errors.ts';
import { operation } from '../../../calls/operation.ts';
import { findGroup, nameInArn } from '../find.ts';
import { logGroups } from '../records.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_TagResource.html */
export const tagResource = operation<TagResourceRequest, object, 'store'>({
  resource: (input) => input.resourceArn ?? '',
  async run(input, call) {
    const group = findGroup(nameInArn(input.resourceArn), call);
    const tags = { ...group.tags, ...input.tags };
    if (Object.keys(tags).length > 50) throw new AwsError('TooManyTagsException', 'A resource has at most 50 tags.');
    await call.store.commit([logGroups.put(regional(call), group.name, { ...group, tags })]);
    return {};
  },
});
