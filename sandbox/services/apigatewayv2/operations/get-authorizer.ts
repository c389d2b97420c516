import type { GetAuthorizerRequest, GetAuthorizerResponse } from '@aws-sdk/client-apigatewayv2';
import { operation } from '../../../calls/operation.ts';
import { managedArn } from '../arn.ts';
import { authorizerView } from '../authorizer.ts';
import { findAuthorizer } from '../lookup.ts';

export const getAuthorizer = operation<GetAuthorizerRequest, GetAuthorizerResponse, 'store'>({
  action: 'apigateway:GET',
  resource: (input, call) => managedArn(call, 'apis', input.ApiId, 'authorizers', input.AuthorizerId),
  run: (input, call) => authorizerView(findAuthorizer(call, input.ApiId, input.AuthorizerId)),
});
