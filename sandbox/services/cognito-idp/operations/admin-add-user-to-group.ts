import type { AdminAddUserToGroupRequest } from '@aws-sdk/client-cognito-identity-provider';
import { operation } from '../../../calls/operation.ts';
import { findGroup } from '../group.ts';
import { findPool, poolArn } from '../pool.ts';
import { changed, putUser, requireUser } from '../users/user.ts';

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminAddUserToGroup.html */
export const adminAddUserToGroup = operation<AdminAddUserToGroupRequest, object, 'store' | 'clock'>({
  resource: ({ UserPoolId }, call) => poolArn(UserPoolId, call),
  async run({ UserPoolId, Username, GroupName }, call) {
    const pool = findPool(UserPoolId, call);
    const user = requireUser(Username, pool, call);
    const { name } = findGroup(pool.id, GroupName, call);
    if (user.groups.includes(name)) return {};
    await call.store.commit([putUser(changed(user, { groups: [...user.groups, name] }, call), pool, call)]);
    return {};
  },
});
