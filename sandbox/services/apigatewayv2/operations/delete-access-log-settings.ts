import type { DeleteAccessLogSettingsRequest } from '@aws-sdk/client-apigatewayv2';
import { regional } from '../../../calls/context.ts';
import { operation } from '../../../calls/operation.ts';
import { managedArn } from '../arn.ts';
import { findStage } from '../lookup.ts';
import { keyWithinApi, stages } from '../records.ts';

/** Turns a stage's access log off: UpdateStage can only change it. */
export const deleteAccessLogSettings = operation<DeleteAccessLogSettingsRequest, object, 'store' | 'clock'>({
  action: 'apigateway:DELETE',
  resource: (input, call) => managedArn(call, 'apis', input.ApiId, 'stages', input.StageName, 'accesslogsettings'),
  async run(input, call) {
    const { AccessLogSettings: _, ...stage } = findStage(call, input.ApiId, input.StageName);
    const LastUpdatedDate = call.clock.now().toISOString();
    await call.store.commit([
      stages.put(regional(call), keyWithinApi(stage.ApiId, stage.StageName), { ...stage, LastUpdatedDate }),
    ]);
    return {};
  },
});
