import type { UpdateUserPoolRequest, UpdateUserPoolResponse } from '@aws-sdk/client-cognito-identity-provider';
import { regional } from '../../../calls/context.ts';
import { operation } from '../../../calls/operation.ts';
import { findPool, poolArn } from '../pool.ts';
import { lastingSettings, poolSettings } from '../pool-settings.ts';
import { updateShape } from '../pool-shape.ts';
import { type UserPoolRecord, userPools } from '../records.ts';

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserPool.html */
export const updateUserPool = operation<UpdateUserPoolRequest, UpdateUserPoolResponse, 'store' | 'clock'>({
  resource: ({ UserPoolId }, call) => poolArn(UserPoolId, call),
  async run(input, call) {
    updateShape('', input);
    const former = findPool(input.UserPoolId, call);
    // The name stays if the input has none.
    const { Name, SchemaAttributes } = former.settings;
    const pool: UserPoolRecord = {
      ...former,
      settings: { Name, SchemaAttributes, ...lastingSettings(former.settings), ...poolSettings(input) },
      tags: input.UserPoolTags ?? former.tags,
      modified: call.clock.now().toISOString(),
    };
    await call.store.commit([userPools.put(regional(call), pool.id, pool)]);
    return {};
  },
});
