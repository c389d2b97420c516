import type { UpdateIntegrationResponseRequest, UpdateIntegrationResponseResponse } from '@aws-sdk/client-apigatewayv2';
import { regional } from '../../../calls/context.ts';
import { operation } from '../../../calls/operation.ts';
import { managedArn } from '../arn.ts';
import { commitChange } from '../deploy.ts';
import { updated } from '../honour.ts';
import {
  checkIntegrationResponse,
  honourIntegrationResponse,
  integrationResponseView,
} from '../integration-response.ts';
import { findIntegration, findIntegrationResponse } from '../lookup.ts';
import { type IntegrationResponseRecord, integrationResponses, keyWithinApi } from '../records.ts';

export const updateIntegrationResponse = operation<
  UpdateIntegrationResponseRequest,
  UpdateIntegrationResponseResponse,
  'store' | 'clock' | 'ids'
>({
  action: 'apigateway:PATCH',
  resource: (input, call) =>
    managedArn(
      call,
      'apis',
      input.ApiId,
      'integrations',
      input.IntegrationId,
      'integrationresponses',
      input.IntegrationResponseId,
    ),
  async run(input, call) {
    const { ApiId, IntegrationId, IntegrationResponseId } = input;
    const before = findIntegrationResponse(call, ApiId, IntegrationId, IntegrationResponseId);
    honourIntegrationResponse('UpdateIntegrationResponse', input);
    const ResponseTemplates = input.ResponseTemplates ?? before.ResponseTemplates;
    const TemplateSelectionExpression = updated(input.TemplateSelectionExpression, before.TemplateSelectionExpression);
    const record: IntegrationResponseRecord = {
      ApiId: before.ApiId,
      IntegrationId: before.IntegrationId,
      IntegrationResponseId: before.IntegrationResponseId,
      IntegrationResponseKey: input.IntegrationResponseKey ?? before.IntegrationResponseKey,
      ResponseTemplates,
      TemplateSelectionExpression,
    };
    checkIntegrationResponse(findIntegration(call, ApiId, IntegrationId), record);
    const key = keyWithinApi(record.ApiId, record.IntegrationResponseId);
    await commitChange(call, record.ApiId, [integrationResponses.put(regional(call), key, record)]);
    return integrationResponseView(record);
  },
});
