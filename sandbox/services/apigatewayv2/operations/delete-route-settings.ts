import type { DeleteRouteSettingsRequest } from '@aws-sdk/client-apigatewayv2';
import { regional } from '../../../calls/context.ts';
import { operation } from '../../../calls/operation.ts';
import { managedArn } from '../arn.ts';
import { NotFoundException } from '../errors.ts';
import { findStage } from '../lookup.ts';
import { keyWithinApi, stages } from '../records.ts';

/** Removes a route's own settings, so that the stage's default settings apply. */
export const deleteRouteSettings = operation<DeleteRouteSettingsRequest, object, 'store' | 'clock'>({
  action: 'apigateway:DELETE',
  resource: (input, call) =>
    managedArn(call, 'apis', input.ApiId, 'stages', input.StageName, 'routesettings', input.RouteKey),
  async run(input, call) {
    const stage = findStage(call, input.ApiId, input.StageName);
    const { [input.RouteKey ?? '']: settings, ...RouteSettings } = stage.RouteSettings;
    if (settings === undefined) throw new NotFoundException('Invalid Route key specified', 'RouteSettings');
    const LastUpdatedDate = call.clock.now().toISOString();
    await call.store.commit([
      stages.put(regional(call), keyWithinApi(stage.ApiId, stage.StageName), {
        ...stage,
        RouteSettings,
        LastUpdatedDate,
      }),
    ]);
    return {};
  },
});
