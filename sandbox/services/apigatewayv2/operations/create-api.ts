import type { CreateApiRequest, CreateApiResponse } from '@aws-sdk/client-apigatewayv2';
import { tagging } from '../../../authorization/tagging.ts';
import { regional } from '../../../calls/context.ts';
import { UnsupportedError } from '../../../calls/errors.ts';
import { operation } from '../../../calls/operation.ts';
import { apiName, apiView, honourApi, selectionExpression } from '../api.ts';
import { managedArn } from '../arn.ts';
import { BadRequestException } from '../errors.ts';
import { required } from '../honour.ts';
import { type ApiRecord, apis } from '../records.ts';

export const createApi = operation<CreateApiRequest, CreateApiResponse, 'store' | 'clock' | 'ids' | 'address'>({
  action: 'apigateway:POST',
  resource: (_input, call) => managedArn(call, 'apis'),
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-tagging-iam-policy.html
  alsoNeeds: (input, call) => tagging(input.Tags, 'apigateway:TagResource', managedArn(call, 'apis')),
  async run(input, call) {
    const protocolType = required(input.ProtocolType, 'protocolType');
    if (protocolType === 'HTTP') throw new UnsupportedError("API Gateway's HTTP APIs");
    if (protocolType !== 'WEBSOCKET') throw new BadRequestException(`Invalid protocol specified: ${protocolType}`);
    honourApi('CreateApi', input);
    const record: ApiRecord = {
      ApiId: call.assignedId ?? call.ids.short(10),
      Name: apiName(required(input.Name, 'name')),
      Description: input.Description,
      Version: input.Version,
      RouteSelectionExpression: selectionExpression(
        required(input.RouteSelectionExpression, 'routeSelectionExpression'),
      ),
      CreatedDate: call.clock.now().toISOString(),
      Tags: input.Tags ?? {},
    };
    await call.store.commit([apis.put(regional(call), record.ApiId, record)]);
    return apiView(record, call.address);
  },
});
