import type { DeleteUserPoolRequest } from '@aws-sdk/client-cognito-identity-provider';
import { regional } from '../../../calls/context.ts';
import { operation } from '../../../calls/operation.ts';
import { invalidParameter } from '../errors.ts';
import { groupKey, groupsOf } from '../group.ts';
import { clientsOf, findPool, poolArn } from '../pool.ts';
import { groups, poolKeys, userPoolClients, userPools } from '../records.ts';
import { removeUser, usersOf } from '../users/user.ts';

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteUserPool.html */
export const deleteUserPool = operation<DeleteUserPoolRequest, object, 'store'>({
  resource: ({ UserPoolId }, call) => poolArn(UserPoolId, call),
  async run({ UserPoolId }, call) {
    const pool = findPool(UserPoolId, call);
    const { id, settings } = pool;
    if (settings.DeletionProtection === 'ACTIVE') {
      throw invalidParameter(
        'The user pool cannot be deleted because deletion protection is activated. Deletion protection must be inactivated first.',
      );
    }
    const scope = regional(call);
    await call.store.commit([
      userPools.remove(scope, id),
      poolKeys.remove(scope, id),
      ...clientsOf(id, call).map((client) => userPoolClients.remove(scope, client.id)),
      ...groupsOf(id, call).map(({ name }) => groups.remove(scope, groupKey(id, name))),
      ...usersOf(pool, call).map((user) => removeUser(user, pool, call)),
    ]);
    return {};
  },
});
