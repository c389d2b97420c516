import type { AnswerEvent, RouteEvent } from '../../trace/events.ts';
import { publish } from '../../trace/publish.ts';
import { cut, shown, withoutSecrets } from '../../trace/secrets.ts';
import type { LiveRoute, Snapshot } from '../apigatewayv2/records.ts';
import type { Connection } from './connection.ts';
import { messageEvent } from './event.ts';
import { type Gateway, gatewayId } from './gateway.ts';
import { callIntegration } from './integration.ts';
import { liveStage } from './live.ts';
import { placeOf } from './records.ts';
import { routeKeyOf, selectRoute } from './select-route.ts';
import { logRequest } from './stage-logs/log-request.ts';

/** Serves one message of a connection: selects its route, calls the integration, and sends any response. */
export async function serveMessage(gateway: Gateway, connection: Connection, body: string): Promise<void> {
  const { record } = connection;
  const { accountId, region, apiId, stage: stageName } = record;
  const requestId = gatewayId(gateway.ids);
  const { clock } = gateway;
  const place = { ...placeOf(record), trace: requestId };
  publish(clock, () => ({ ...place, kind: 'frame', bytes: Buffer.byteLength(body), text: shown(body) }));
  const seen = gateway.weather.seenBy('execute-api', connection);
  const live = liveStage(seen, `${accountId}/${region}`, apiId, stageName);
  const route = live === undefined ? undefined : selectRoute(live.snapshot, body);
  const isThrottled =
    live !== undefined && route !== undefined && !gateway.throttle.admits(live.scope, live.stage, route.RouteKey);
  if (live !== undefined) publish(clock, () => ({ ...place, ...selected(live.snapshot, route, body, isThrottled) }));
  const answered = (answer: Omit<AnswerEvent, 'kind'>) =>
    publish(clock, () => ({ ...place, kind: 'answer', ...answer }));
  const tell = (message: string) => {
    answered({ what: 'error', message });
    say(connection, message, requestId);
  };
  if (live === undefined) return tell('Forbidden');
  const occasion = { requestId, at: clock.now() };
  const messageId = gatewayId(gateway.ids);
  const eventFor = (routeKey: string) =>
    messageEvent(record, { routeKey, messageId, body }, live.stage.StageVariables, occasion);
  if (route === undefined) {
    logRequest(gateway, live, { event: eventFor('$default'), status: 403, error: 'Forbidden' });
    return tell('Forbidden');
  }
  // AWS's wording here isn't documented: this is from its HTTP response.
  if (isThrottled) return tell('Too Many Requests');
  const event = eventFor(route.RouteKey);
  const answer = await callIntegration(gateway, live, route, event);
  if (answer.kind !== 'answered') {
    logRequest(gateway, live, { event, status: 500, error: 'Internal server error' });
    return tell('Internal server error');
  }
  const { statusCode, body: text } = answer;
  logRequest(gateway, live, { event, status: statusCode, answer: text });
  const succeeded = statusCode >= 200 && statusCode < 300;
  if (!route.answers || !succeeded || !text) return answered({ what: 'nothing', statusCode });
  answered({ what: 'route response', statusCode, bytes: Buffer.byteLength(text) });
  connection.send(text);
}

function selected(snapshot: Snapshot, route: LiveRoute | undefined, body: string, isThrottled: boolean): RouteEvent {
  const expression = snapshot.RouteSelectionExpression;
  const key = routeKeyOf(expression, body);
  return {
    kind: 'route',
    expression,
    key: key && cut(withoutSecrets(key)),
    routeKey: route?.RouteKey,
    ...(isThrottled ? { isThrottled } : {}),
  };
}

/** Sends API Gateway's own messages. Clients see exactly this spacing. */
function say(connection: Connection, message: string, requestId: string): void {
  const { connectionId } = connection.record;
  connection.send(`{"message": "${message}", "connectionId":"${connectionId}", "requestId":"${requestId}"}`);
}
