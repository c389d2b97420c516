import type { UntagResourceRequest } from '@aws-sdk/client-cloudwatch-logs';
import { regional } from '../../../calls/context.ts';
import { operation } from '../../../calls/operation.ts';
import { findGroup, nameInArn } from '../find.ts';
import { logGroups } from '../records.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_UntagResource.html */
export const untagResource = operation<UntagResourceRequest, object, 'store'>({
  resource: (input) => input.resourceArn ?? '',
  async run(input, call) {
    const group = findGroup(nameInArn(input.resourceArn), call);
    const gone = input.tagKeys ?? [];
    const tags = Object.fromEntries(Object.entries(group.tags).filter(([key]) => !gone.includes(key)));
    await call.store.commit([logGroups.put(regional(call), group.name, { ...group, tags })]);
    return {};
  },
});
