import type { UpdateGroupRequest, UpdateGroupResponse } from '@aws-sdk/client-cognito-identity-provider';
import { regional } from '../../../calls/context.ts';
import { operation } from '../../../calls/operation.ts';
import { describeGroup, findGroup, groupKey, groupSettings, groupShape } from '../group.ts';
import { findPool, poolArn } from '../pool.ts';
import { type GroupRecord, groups } from '../records.ts';

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateGroup.html */
export const updateGroup = operation<UpdateGroupRequest, UpdateGroupResponse, 'store' | 'clock'>({
  resource: ({ UserPoolId }, call) => poolArn(UserPoolId, call),
  async run(input, call) {
    groupShape('', input);
    const { UserPoolId, GroupName } = input;
    const group: GroupRecord = {
      ...findGroup(findPool(UserPoolId, call).id, GroupName, call),
      ...groupSettings(input),
      modified: call.clock.now().toISOString(),
    };
    await call.store.commit([groups.put(regional(call), groupKey(group.poolId, group.name), group)]);
    return { Group: describeGroup(group) };
  },
});
