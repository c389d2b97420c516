import type { DeleteStageRequest } from '@aws-sdk/client-apigatewayv2';
import { regional } from '../../../calls/context.ts';
import { operation } from '../../../calls/operation.ts';
import { managedArn } from '../arn.ts';
import { findStage } from '../lookup.ts';
import { keyWithinApi, stages } from '../records.ts';

/** Deletes a stage and ends its connections. */
export const deleteStage = operation<DeleteStageRequest, object, 'store' | 'sockets'>({
  action: 'apigateway:DELETE',
  resource: (input, call) => managedArn(call, 'apis', input.ApiId, 'stages', input.StageName),
  async run(input, call) {
    const { ApiId, StageName } = findStage(call, input.ApiId, input.StageName);
    await call.store.commit([stages.remove(regional(call), keyWithinApi(ApiId, StageName))]);
    call.sockets.closeStage(ApiId, StageName);
    return {};
  },
});
