import type { AccessLogSettings, RouteSettings } from '@aws-sdk/client-apigatewayv2';
import type { Room, Subject } from '../checking/check.ts';

/** GetStage: the settings of the room's stage, for all routes and for single ones, and its access log. */
export async function observeStageSettings(
  { target }: Pick<Subject, 'target'>,
  { apiId: ApiId, stageName: StageName }: Room,
): Promise<{
  DefaultRouteSettings?: RouteSettings;
  RouteSettings?: Record<string, RouteSettings>;
  AccessLogSettings?: AccessLogSettings;
}> {
  const [client, { GetStageCommand }] = await Promise.all([
    target.clients.apigateway(),
    import('../aws/sdk/apigateway.ts'),
  ]);
  const stage = await client.send(new GetStageCommand({ ApiId, StageName }));
  const { DefaultRouteSettings = {}, RouteSettings = {}, AccessLogSettings } = stage;
  return { DefaultRouteSettings, RouteSettings, AccessLogSettings };
}
