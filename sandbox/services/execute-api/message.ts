import type { Connection } from './connection.ts';
import { messageEvent } from './event.ts';
import { type Gateway, gatewayId } from './gateway.ts';
import { callIntegration } from './integration.ts';
import { liveStage } from './live.ts';
import { selectRoute } from './select-route.ts';

/** Serves one message of a connection: selects its route, calls the integration, and sends what there is to send. */
export async function serveMessage(gateway: Gateway, connection: Connection, body: string): Promise<void> {
  const { record } = connection;
  const { accountId, region, apiId, stage: stageName } = record;
  const requestId = gatewayId(gateway.ids);
  const seen = gateway.weather.seenBy('execute-api', connection);
  const live = liveStage(seen, `${accountId}/${region}`, apiId, stageName);
  const route = live === undefined ? undefined : selectRoute(live.snapshot, body);
  if (live === undefined || route === undefined) return tell(connection, 'Forbidden', requestId);
  // Which words AWS uses here is not published: these are those of its HTTP answer.
  if (!gateway.throttle.admits(live.scope, live.stage, route.RouteKey)) {
    return tell(connection, 'Too Many Requests', requestId);
  }
  const message = { routeKey: route.RouteKey, messageId: gatewayId(gateway.ids), body };
  const occasion = { requestId, at: gateway.clock.now() };
  const event = messageEvent(record, message, live.stage.StageVariables, occasion);
  const answer = await callIntegration(gateway, live, route, event);
  if (answer.kind !== 'answered') return tell(connection, 'Internal server error', requestId);
  const succeeded = answer.statusCode >= 200 && answer.statusCode < 300;
  if (route.answers && succeeded && answer.body) connection.send(answer.body);
}

/** Sends API Gateway's own words. Clients see them spaced just so. */
function tell(connection: Connection, message: string, requestId: string): void {
  const { connectionId } = connection.record;
  connection.send(`{"message": "${message}", "connectionId":"${connectionId}", "requestId":"${requestId}"}`);
}
