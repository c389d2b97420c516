import type { CreateGroupRequest, CreateGroupResponse } from '@aws-sdk/client-cognito-identity-provider';
import { regional } from '../../../calls/context.ts';
import { AwsError } from '../../../calls/errors.ts';
import { operation } from '../../../calls/operation.ts';
import { describeGroup, groupKey, groupSettings, groupShape } from '../group.ts';
import { findPool, poolArn } from '../pool.ts';
import { type GroupRecord, groups } from '../records.ts';

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateGroup.html */
export const createGroup = operation<CreateGroupRequest, CreateGroupResponse, 'store' | 'clock'>({
  resource: ({ UserPoolId }, call) => poolArn(UserPoolId, call),
  async run(input, call) {
    groupShape('', input);
    const { UserPoolId, GroupName = '' } = input;
    const { id } = findPool(UserPoolId, call);
    const scope = regional(call);
    const key = groupKey(id, GroupName);
    if (groups.get(call.store, scope, key) !== undefined) {
      throw new AwsError('GroupExistsException', 'A group with the name already exists.');
    }
    const now = call.clock.now().toISOString();
    const group: GroupRecord = {
      poolId: id,
      name: GroupName,
      ...groupSettings(input),
      created: now,
      modified: now,
    };
    await call.store.commit([groups.put(scope, key, group)]);
    return { Group: describeGroup(group) };
  },
});
