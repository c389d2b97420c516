import type { UpdateIntegrationRequest, UpdateIntegrationResult } from '@aws-sdk/client-apigatewayv2';
import { passRole } from '../../../authorization/pass-role.ts';
import { regional } from '../../../calls/context.ts';
import { operation } from '../../../calls/operation.ts';
import { managedArn } from '../arn.ts';
import { commitChange } from '../deploy.ts';
import { updated } from '../honour.ts';
import { checkIntegration, honourIntegration, integrationView } from '../integration.ts';
import { findIntegration } from '../lookup.ts';
import { type IntegrationRecord, integrations, keyWithinApi } from '../records.ts';

export const updateIntegration = operation<
  UpdateIntegrationRequest,
  UpdateIntegrationResult,
  'store' | 'clock' | 'ids'
>({
  action: 'apigateway:PATCH',
  resource: (input, call) => managedArn(call, 'apis', input.ApiId, 'integrations', input.IntegrationId),
  alsoNeeds: ({ CredentialsArn }) => passRole(CredentialsArn, 'apigateway.amazonaws.com'),
  async run(input, call) {
    const before = findIntegration(call, input.ApiId, input.IntegrationId);
    const type = honourIntegration('UpdateIntegration', input);
    const { ApiId, IntegrationId } = before;
    const texts = Object.fromEntries(
      (
        ['IntegrationUri', 'IntegrationMethod', 'CredentialsArn', 'Description', 'TemplateSelectionExpression'] as const
      ).flatMap((name) => {
        const value = updated(input[name], before[name]);
        return value === undefined ? [] : [[name, value]];
      }),
    );
    const record: IntegrationRecord = {
      ApiId,
      IntegrationId,
      IntegrationType: type ?? before.IntegrationType,
      ...texts,
      RequestTemplates: input.RequestTemplates ?? before.RequestTemplates,
      TimeoutInMillis: input.TimeoutInMillis ?? before.TimeoutInMillis,
    };
    checkIntegration(record);
    await commitChange(call, ApiId, [integrations.put(regional(call), keyWithinApi(ApiId, IntegrationId), record)]);
    return integrationView(record);
  },
});
