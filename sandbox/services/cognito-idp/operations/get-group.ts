import type { GetGroupRequest, GetGroupResponse } from '@aws-sdk/client-cognito-identity-provider';
import { operation } from '../../../calls/operation.ts';
import { describeGroup, findGroup } from '../group.ts';
import { findPool, poolArn } from '../pool.ts';

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetGroup.html */
export const getGroup = operation<GetGroupRequest, GetGroupResponse, 'store'>({
  resource: ({ UserPoolId }, call) => poolArn(UserPoolId, call),
  run: ({ UserPoolId, GroupName }, call) => ({
    Group: describeGroup(findGroup(findPool(UserPoolId, call).id, GroupName, call)),
  }),
});
