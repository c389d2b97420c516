import type {
  CreateIntegrationResponseRequest,
  IntegrationResponse,
  UpdateIntegrationResponseRequest,
} from '@aws-sdk/client-apigatewayv2';
import { UnsupportedError } from '../../calls/errors.ts';
import { BadRequestException } from './errors.ts';
import { honour } from './honour.ts';
import type { IntegrationRecord, IntegrationResponseRecord } from './records.ts';

/** An integration response as operations return it. */
export function integrationResponseView(record: IntegrationResponseRecord): IntegrationResponse {
  const { ApiId: _, IntegrationId: __, ResponseTemplates, ...rest } = record;
  return { ...rest, ResponseTemplates: ResponseTemplates && { ...ResponseTemplates } };
}

/** Rejects unsupported properties of an integration response, at creation or later. */
export function honourIntegrationResponse(
  operation: string,
  input: CreateIntegrationResponseRequest | UpdateIntegrationResponseRequest,
): void {
  honour(operation, input, { ContentHandlingStrategy: [], ResponseParameters: [] });
}

/** Throws if an integration response would be invalid, or has unsupported properties. */
export function checkIntegrationResponse(integration: IntegrationRecord, record: IntegrationResponseRecord): void {
  if (!/^(\$default|\/\d{3}\/)$/.test(record.IntegrationResponseKey)) {
    throw new BadRequestException(`Invalid integration response key specified: ${record.IntegrationResponseKey}`);
  }
  const templates = Object.values(record.ResponseTemplates ?? {});
  if (templates.length > 0 && integration.IntegrationType !== 'MOCK') {
    throw new UnsupportedError('the property ResponseTemplates of an integration response of a proxy integration');
  }
  // `$` and `#` begin Velocity expressions.
  if (templates.length > 1 || templates.some((template) => /[$#]/.test(template))) {
    throw new UnsupportedError('the property ResponseTemplates of an integration response, but for one plain text');
  }
}
