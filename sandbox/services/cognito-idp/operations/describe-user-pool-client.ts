import type {
  DescribeUserPoolClientRequest,
  DescribeUserPoolClientResponse,
} from '@aws-sdk/client-cognito-identity-provider';
import { operation } from '../../../calls/operation.ts';
import { describeClient } from '../describe-client.ts';
import { findClient, findPool, poolArn } from '../pool.ts';

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeUserPoolClient.html */
export const describeUserPoolClient = operation<DescribeUserPoolClientRequest, DescribeUserPoolClientResponse, 'store'>(
  {
    resource: ({ UserPoolId }, call) => poolArn(UserPoolId, call),
    run: ({ UserPoolId, ClientId }, call) => ({
      UserPoolClient: describeClient(findClient(ClientId, call, findPool(UserPoolId, call).id)),
    }),
  },
);
