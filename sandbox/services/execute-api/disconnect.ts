import { publish } from '../../trace/publish.ts';
import { cut, withoutSecrets } from '../../trace/secrets.ts';
import type { Ending } from './connection.ts';
import { disconnectEvent } from './event.ts';
import { type Gateway, gatewayId } from './gateway.ts';
import { callIntegration } from './integration.ts';
import { liveStage } from './live.ts';
import { type ConnectionRecord, connections, placeOf } from './records.ts';
import { logRequest } from './stage-logs/log-request.ts';

/**
 * Runs `$disconnect` for a connection that has ended, best effort as on AWS, and deletes its record. That comes last:
 * if the account is killed meanwhile, the next start runs it again.
 */
export async function disconnect(gateway: Gateway, record: ConnectionRecord, ending: Ending): Promise<void> {
  const scope = `${record.accountId}/${record.region}`;
  const live = liveStage(gateway.store, scope, record.apiId, record.stage);
  const route = live?.snapshot.routes.$disconnect;
  const occasion = { requestId: gatewayId(gateway.ids), at: gateway.clock.now() };
  publish(gateway.clock, () => ({
    ...placeOf(record),
    trace: occasion.requestId,
    kind: 'disconnect',
    code: ending.code,
    reason: cut(withoutSecrets(ending.reason)),
    hasRoute: route !== undefined,
  }));
  if (live !== undefined && route !== undefined) {
    const event = disconnectEvent(record, ending, live.stage.StageVariables, occasion);
    const answer = await callIntegration(gateway, live, route, event);
    const failed = { status: 500, error: 'Internal server error' };
    logRequest(gateway, live, { event, ...(answer.kind === 'answered' ? { status: answer.statusCode } : failed) });
  }
  await gateway.store.jot([connections.remove(scope, record.connectionId)]);
}
