import type { GetApiRequest, GetApiResponse } from '@aws-sdk/client-apigatewayv2';
import { operation } from '../../../calls/operation.ts';
import { apiView } from '../api.ts';
import { managedArn } from '../arn.ts';
import { findApi } from '../lookup.ts';

export const getApi = operation<GetApiRequest, GetApiResponse, 'store' | 'address'>({
  action: 'apigateway:GET',
  resource: (input, call) => managedArn(call, 'apis', input.ApiId),
  run: (input, call) => apiView(findApi(call, input.ApiId), call.address),
});
