import type { DeleteUserPoolRequest } from '@aws-sdk/client-cognito-identity-provider';
import { regional } from '../../../context.ts';
import { operation } from '../../../operation.ts';
import { invalidParameter } from '../errors.ts';
import { findPool, poolArn } from '../pool.ts';
import { groups, poolKeys, userPoolClients, userPools, users } from '../records.ts';
import { keyOf, usersOf } from '../users/user.ts';

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
    const { store } = call;
    const scope = regional(call);
    const ofPool = ({ poolId }: { readonly poolId: string }) => poolId === id;
    await store.commit([
      userPools.remove(scope, id),
      poolKeys.remove(scope, id),
      ...userPoolClients
        .list(store, scope)
        .filter(ofPool)
        .map((client) => userPoolClients.remove(scope, client.id)),
      ...groups
        .list(store, scope)
        .filter(ofPool)
        .map(({ name }) => groups.remove(scope, `${id}/${name}`)),
      ...usersOf(pool, call).map(({ username }) => users.remove(scope, keyOf(pool, username))),
    ]);
    return {};
  },
});
