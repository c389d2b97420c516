import type { GetAuthorizersRequest, GetAuthorizersResponse } from '@aws-sdk/client-apigatewayv2';
import { operation } from '../../../calls/operation.ts';
import { managedArn } from '../arn.ts';
import { authorizerView } from '../authorizer.ts';
import { listOf } from '../lookup.ts';
import { page } from '../page.ts';
import { authorizers } from '../records.ts';

export const getAuthorizers = operation<GetAuthorizersRequest, GetAuthorizersResponse, 'store'>({
  action: 'apigateway:GET',
  resource: (input, call) => managedArn(call, 'apis', input.ApiId, 'authorizers'),
  run: (input, call) => page(listOf(call, authorizers, input.ApiId).map(authorizerView), input),
});
