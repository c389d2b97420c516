import type { DeleteAuthorizerRequest } from '@aws-sdk/client-apigatewayv2';
import { regional } from '../../../calls/context.ts';
import { operation } from '../../../calls/operation.ts';
import { managedArn } from '../arn.ts';
import { commitChange } from '../deploy.ts';
import { ConflictException } from '../errors.ts';
import { findAuthorizer, listOf } from '../lookup.ts';
import { authorizers, keyWithinApi, routes } from '../records.ts';

/** Deletes an authorizer that no route uses. */
export const deleteAuthorizer = operation<DeleteAuthorizerRequest, object, 'store' | 'clock' | 'ids'>({
  action: 'apigateway:DELETE',
  resource: (input, call) => managedArn(call, 'apis', input.ApiId, 'authorizers', input.AuthorizerId),
  async run(input, call) {
    const { ApiId, AuthorizerId } = findAuthorizer(call, input.ApiId, input.AuthorizerId);
    const user = listOf(call, routes, ApiId).find((route) => route.AuthorizerId === AuthorizerId);
    if (user !== undefined) {
      throw new ConflictException(
        `Cannot delete authorizer '${AuthorizerId}', is referenced in route: ${user.RouteKey}`,
      );
    }
    await commitChange(call, ApiId, [authorizers.remove(regional(call), keyWithinApi(ApiId, AuthorizerId))]);
    return {};
  },
});
