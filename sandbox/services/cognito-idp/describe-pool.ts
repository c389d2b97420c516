import type { UserPoolType } from '@aws-sdk/client-cognito-identity-provider';
import type { Call } from '../../calls/context.ts';
import { poolArn } from './pool.ts';
import type { UserPoolRecord } from './records.ts';
import { usersOf } from './users/user.ts';

/** A pool as DescribeUserPool returns it. */
export function describePool(pool: UserPoolRecord, call: Call<'store'>): UserPoolType {
  return {
    Id: pool.id,
    ...pool.settings,
    CreationDate: new Date(pool.created),
    LastModifiedDate: new Date(pool.modified),
    EstimatedNumberOfUsers: usersOf(pool, call).length,
    UserPoolTags: { ...pool.tags },
    Arn: poolArn(pool.id, call),
  };
}
