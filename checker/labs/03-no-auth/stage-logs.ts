import type { Stage } from '@aws-sdk/client-apigatewayv2';
import type { Room, Subject } from '../../checking/check.ts';

/** A stage's request logs. */
export interface StageLogs {
  /** Whether whole handshake requests are logged. */
  readonly wholeRequests: boolean;
  /** The log group of its access log, if it has one in CloudWatch. */
  readonly accessLog?: string;
}

/** GetStage: https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-logging.html */
export async function observeStageLogs(
  { target }: Pick<Subject, 'target'>,
  { apiId, stageName }: Room,
): Promise<StageLogs> {
  const [client, { GetStageCommand }] = await Promise.all([
    target.clients.apigateway(),
    import('../../aws/sdk/apigateway.ts'),
  ]);
  const stage: Partial<Stage> = await client.send(new GetStageCommand({ ApiId: apiId, StageName: stageName }));
  const { DefaultRouteSettings, RouteSettings, AccessLogSettings } = stage;
  const settings = { ...DefaultRouteSettings, ...RouteSettings?.$connect };
  const accessLog = /:log-group:([^:]+)/.exec(AccessLogSettings?.DestinationArn ?? '')?.[1];
  return {
    wholeRequests: settings.DataTraceEnabled === true && settings.LoggingLevel !== 'OFF',
    accessLog,
  };
}
