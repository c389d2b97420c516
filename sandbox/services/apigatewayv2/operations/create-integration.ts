import type { CreateIntegrationRequest, CreateIntegrationResult } from '@aws-sdk/client-apigatewayv2';
import { passRole } from '../../../authorization/pass-role.ts';
import { regional } from '../../../calls/context.ts';
import { operation } from '../../../calls/operation.ts';
import { managedArn } from '../arn.ts';
import { commitChange } from '../deploy.ts';
import { required } from '../honour.ts';
import { checkIntegration, honourIntegration, integrationView } from '../integration.ts';
import { findApi } from '../lookup.ts';
import { type IntegrationRecord, integrations, keyWithinApi } from '../records.ts';

export const createIntegration = operation<
  CreateIntegrationRequest,
  CreateIntegrationResult,
  'store' | 'clock' | 'ids'
>({
  action: 'apigateway:POST',
  resource: (input, call) => managedArn(call, 'apis', input.ApiId, 'integrations'),
  alsoNeeds: ({ CredentialsArn }) => passRole(CredentialsArn, 'apigateway.amazonaws.com'),
  async run(input, call) {
    const { ApiId } = findApi(call, input.ApiId);
    const type = honourIntegration('CreateIntegration', input);
    const { CredentialsArn, Description, IntegrationMethod, IntegrationUri } = input;
    const { RequestTemplates, TemplateSelectionExpression } = input;
    const record: IntegrationRecord = {
      ApiId,
      IntegrationId: call.assignedId ?? call.ids.short(7),
      IntegrationType: required(type, 'integrationType'),
      ...(IntegrationUri ? { IntegrationUri } : {}),
      ...(IntegrationMethod ? { IntegrationMethod } : {}),
      ...(CredentialsArn ? { CredentialsArn } : {}),
      ...(Description ? { Description } : {}),
      ...(RequestTemplates ? { RequestTemplates } : {}),
      ...(TemplateSelectionExpression ? { TemplateSelectionExpression } : {}),
      TimeoutInMillis: input.TimeoutInMillis ?? 29_000,
    };
    checkIntegration(record);
    await commitChange(call, ApiId, [
      integrations.put(regional(call), keyWithinApi(ApiId, record.IntegrationId), record),
    ]);
    return integrationView(record);
  },
});
