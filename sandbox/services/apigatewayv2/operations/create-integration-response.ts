import type { CreateIntegrationResponseRequest, CreateIntegrationResponseResponse } from '@aws-sdk/client-apigatewayv2';
import { regional } from '../../../calls/context.ts';
import { operation } from '../../../calls/operation.ts';
import { managedArn } from '../arn.ts';
import { commitChange } from '../deploy.ts';
import { ConflictException } from '../errors.ts';
import { required } from '../honour.ts';
import {
  checkIntegrationResponse,
  honourIntegrationResponse,
  integrationResponseView,
} from '../integration-response.ts';
import { findIntegration, listOf } from '../lookup.ts';
import { type IntegrationResponseRecord, integrationResponses, keyWithinApi } from '../records.ts';

export const createIntegrationResponse = operation<
  CreateIntegrationResponseRequest,
  CreateIntegrationResponseResponse,
  'store' | 'clock' | 'ids'
>({
  action: 'apigateway:POST',
  resource: (input, call) =>
    managedArn(call, 'apis', input.ApiId, 'integrations', input.IntegrationId, 'integrationresponses'),
  async run(input, call) {
    const integration = findIntegration(call, input.ApiId, input.IntegrationId);
    honourIntegrationResponse('CreateIntegrationResponse', input);
    const { ApiId, IntegrationId } = integration;
    const { ResponseTemplates, TemplateSelectionExpression } = input;
    const record: IntegrationResponseRecord = {
      ApiId,
      IntegrationId,
      IntegrationResponseId: call.assignedId ?? call.ids.short(7),
      IntegrationResponseKey: required(input.IntegrationResponseKey, 'integrationResponseKey'),
      ...(ResponseTemplates ? { ResponseTemplates } : {}),
      ...(TemplateSelectionExpression ? { TemplateSelectionExpression } : {}),
    };
    checkIntegrationResponse(integration, record);
    const twin = listOf(call, integrationResponses, ApiId).find(
      (item) => item.IntegrationId === IntegrationId && item.IntegrationResponseKey === record.IntegrationResponseKey,
    );
    if (twin !== undefined) {
      throw new ConflictException(
        `IntegrationResponse with key ${record.IntegrationResponseKey} already exists for this integration`,
      );
    }
    const key = keyWithinApi(ApiId, record.IntegrationResponseId);
    await commitChange(call, ApiId, [integrationResponses.put(regional(call), key, record)]);
    return integrationResponseView(record);
  },
});
