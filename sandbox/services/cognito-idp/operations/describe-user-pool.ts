import type { DescribeUserPoolRequest, DescribeUserPoolResponse } from '@aws-sdk/client-cognito-identity-provider';
import { operation } from '../../../calls/operation.ts';
import { describePool } from '../describe-pool.ts';
import { findPool, poolArn } from '../pool.ts';

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeUserPool.html */
export const describeUserPool = operation<DescribeUserPoolRequest, DescribeUserPoolResponse, 'store'>({
  resource: ({ UserPoolId }, call) => poolArn(UserPoolId, call),
  run: ({ UserPoolId }, call) => ({ UserPool: describePool(findPool(UserPoolId, call), call) }),
});
