import type { CreateAuthorizerRequest, CreateAuthorizerResponse } from '@aws-sdk/client-apigatewayv2';
import { passRole } from '../../../authorization/pass-role.ts';
import { regional } from '../../../calls/context.ts';
import { operation } from '../../../calls/operation.ts';
import { managedArn } from '../arn.ts';
import { authorizerView, checkAuthorizer, honourAuthorizer } from '../authorizer.ts';
import { commitChange } from '../deploy.ts';
import { ConflictException } from '../errors.ts';
import { required } from '../honour.ts';
import { findApi, listOf } from '../lookup.ts';
import { type AuthorizerRecord, authorizers, keyWithinApi } from '../records.ts';

export const createAuthorizer = operation<CreateAuthorizerRequest, CreateAuthorizerResponse, 'store' | 'clock' | 'ids'>(
  {
    action: 'apigateway:POST',
    resource: (input, call) => managedArn(call, 'apis', input.ApiId, 'authorizers'),
    alsoNeeds: ({ AuthorizerCredentialsArn }) => passRole(AuthorizerCredentialsArn, 'apigateway.amazonaws.com'),
    async run(input, call) {
      const { ApiId } = findApi(call, input.ApiId);
      required(input.AuthorizerType, 'authorizerType');
      honourAuthorizer('CreateAuthorizer', input);
      const record: AuthorizerRecord = {
        ApiId,
        AuthorizerId: call.assignedId ?? call.ids.short(6),
        Name: required(input.Name, 'name'),
        AuthorizerUri: required(input.AuthorizerUri, 'authorizerUri'),
        ...(input.AuthorizerCredentialsArn ? { AuthorizerCredentialsArn: input.AuthorizerCredentialsArn } : {}),
        IdentitySource: input.IdentitySource ?? [],
      };
      checkAuthorizer(record);
      if (listOf(call, authorizers, ApiId).some((other) => other.Name === record.Name)) {
        throw new ConflictException(`Authorizer name must be unique. Authorizer ${record.Name} already exists`);
      }
      await commitChange(call, ApiId, [
        authorizers.put(regional(call), keyWithinApi(ApiId, record.AuthorizerId), record),
      ]);
      return authorizerView(record);
    },
  },
);
