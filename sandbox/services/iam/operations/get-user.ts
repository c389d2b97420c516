import type { GetUserRequest, GetUserResponse } from '@aws-sdk/client-iam';
import { operation } from '../../../calls/operation.ts';
import { describeUser, requireUser, userResource } from '../user.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUser.html */
export const getUser = operation<GetUserRequest, GetUserResponse, 'store'>({
  resource: userResource,
  run: ({ UserName }, call) => ({ User: describeUser(requireUser(UserName, call)) }),
});
