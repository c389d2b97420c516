import type { DeleteGroupRequest } from '@aws-sdk/client-cognito-identity-provider';
import { regional } from '../../../calls/context.ts';
import { operation } from '../../../calls/operation.ts';
import { findGroup, groupKey } from '../group.ts';
import { findPool, poolArn } from '../pool.ts';
import { groups } from '../records.ts';
import { changed, putUser, usersOf } from '../users/user.ts';

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteGroup.html */
export const deleteGroup = operation<DeleteGroupRequest, object, 'store' | 'clock'>({
  resource: ({ UserPoolId }, call) => poolArn(UserPoolId, call),
  async run({ UserPoolId, GroupName }, call) {
    const pool = findPool(UserPoolId, call);
    const { name } = findGroup(pool.id, GroupName, call);
    const members = usersOf(pool, call).filter((user) => user.groups.includes(name));
    await call.store.commit([
      groups.remove(regional(call), groupKey(pool.id, name)),
      ...members.map((user) =>
        putUser(changed(user, { groups: user.groups.filter((one) => one !== name) }, call), pool, call),
      ),
    ]);
    return {};
  },
});
