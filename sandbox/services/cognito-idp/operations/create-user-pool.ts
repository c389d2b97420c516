import type { CreateUserPoolRequest, CreateUserPoolResponse } from '@aws-sdk/client-cognito-identity-provider';
import { regional } from '../../../calls/context.ts';
import { operation } from '../../../calls/operation.ts';
import { describePool } from '../describe-pool.ts';
import { invalidParameter } from '../errors.ts';
import { newKeys } from '../new-keys.ts';
import { newPoolId } from '../pool-id.ts';
import { lastingSettings, poolSettings } from '../pool-settings.ts';
import { createShape } from '../pool-shape.ts';
import { poolKeys, type UserPoolRecord, userPools } from '../records.ts';
import { newSchema } from '../schema.ts';

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPool.html */
export const createUserPool = operation<CreateUserPoolRequest, CreateUserPoolResponse, 'store' | 'clock' | 'ids'>({
  resource: () => '*',
  async run(input, call) {
    createShape('', input);
    const { AliasAttributes, UsernameAttributes, Schema = [], UserPoolTags = {} } = input;
    if (AliasAttributes !== undefined && UsernameAttributes !== undefined) {
      throw invalidParameter('Only one of the aliasAttributes or usernameAttributes can be set in a user pool.');
    }
    const id = call.assignedId ?? newPoolId(call.region, call.ids);
    const keys = await newKeys(id, call.ids);
    const now = call.clock.now().toISOString();
    const pool: UserPoolRecord = {
      id,
      settings: {
        ...poolSettings(input),
        SchemaAttributes: newSchema(Schema),
        ...lastingSettings(input),
      },
      tags: UserPoolTags,
      created: now,
      modified: now,
    };
    const scope = regional(call);
    await call.store.commit([userPools.put(scope, id, pool), poolKeys.put(scope, id, keys)]);
    return { UserPool: describePool(pool, call) };
  },
});
