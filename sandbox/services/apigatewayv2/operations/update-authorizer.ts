import type { UpdateAuthorizerRequest, UpdateAuthorizerResponse } from '@aws-sdk/client-apigatewayv2';
import { passRole } from '../../../authorization/pass-role.ts';
import { regional } from '../../../calls/context.ts';
import { operation } from '../../../calls/operation.ts';
import { managedArn } from '../arn.ts';
import { authorizerView, checkAuthorizer, honourAuthorizer } from '../authorizer.ts';
import { commitChange } from '../deploy.ts';
import { updated } from '../honour.ts';
import { findAuthorizer } from '../lookup.ts';
import { type AuthorizerRecord, authorizers, keyWithinApi } from '../records.ts';

export const updateAuthorizer = operation<UpdateAuthorizerRequest, UpdateAuthorizerResponse, 'store' | 'clock' | 'ids'>(
  {
    action: 'apigateway:PATCH',
    resource: (input, call) => managedArn(call, 'apis', input.ApiId, 'authorizers', input.AuthorizerId),
    alsoNeeds: ({ AuthorizerCredentialsArn }) => passRole(AuthorizerCredentialsArn, 'apigateway.amazonaws.com'),
    async run(input, call) {
      const before = findAuthorizer(call, input.ApiId, input.AuthorizerId);
      honourAuthorizer('UpdateAuthorizer', input);
      const { ApiId, AuthorizerId } = before;
      const record: AuthorizerRecord = {
        ...before,
        Name: input.Name ?? before.Name,
        AuthorizerUri: input.AuthorizerUri ?? before.AuthorizerUri,
        AuthorizerCredentialsArn: updated(input.AuthorizerCredentialsArn, before.AuthorizerCredentialsArn),
        IdentitySource: input.IdentitySource ?? before.IdentitySource,
      };
      checkAuthorizer(record);
      await commitChange(call, ApiId, [authorizers.put(regional(call), keyWithinApi(ApiId, AuthorizerId), record)]);
      return authorizerView(record);
    },
  },
);
