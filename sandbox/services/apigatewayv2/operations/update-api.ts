import type { UpdateApiRequest, UpdateApiResponse } from '@aws-sdk/client-apigatewayv2';
import { regional } from '../../../calls/context.ts';
import { operation } from '../../../calls/operation.ts';
import { apiName, apiView, honourApi, selectionExpression } from '../api.ts';
import { managedArn } from '../arn.ts';
import { commitChange } from '../deploy.ts';
import { updated } from '../honour.ts';
import { findApi } from '../lookup.ts';
import { type ApiRecord, apis } from '../records.ts';

export const updateApi = operation<UpdateApiRequest, UpdateApiResponse, 'store' | 'clock' | 'ids' | 'address'>({
  action: 'apigateway:PATCH',
  resource: (input, call) => managedArn(call, 'apis', input.ApiId),
  async run(input, call) {
    const before = findApi(call, input.ApiId);
    honourApi('UpdateApi', input);
    const record: ApiRecord = {
      ...before,
      Name: apiName(input.Name ?? before.Name),
      Description: updated(input.Description, before.Description),
      Version: updated(input.Version, before.Version),
      RouteSelectionExpression: selectionExpression(input.RouteSelectionExpression ?? before.RouteSelectionExpression),
    };
    await commitChange(call, record.ApiId, [apis.put(regional(call), record.ApiId, record)]);
    return apiView(record, call.address);
  },
});
