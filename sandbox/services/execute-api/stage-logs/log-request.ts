import { createHash } from 'node:crypto';
import { logRoleOf } from '../../apigatewayv2/account.ts';
import { mayWrite } from '../../logs/may-write.ts';
import { assumedRole } from '../../sts/assumed-role.ts';
import type { Gateway } from '../gateway.ts';
import type { LiveStage } from '../live.ts';
import { assumableRole } from '../role.ts';
import { accessLine } from './access-line.ts';
import { executionLines } from './execution-lines.ts';
import type { LoggedRequest } from './logged-request.ts';

/**
 * Writes a request to the stage's logs: a line of its access log, and lines of its execution log, if these are on. API
 * Gateway writes with the role in the account's settings. If that lacks a permission, it writes nothing, without an
 * error (https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-logging.html).
 */
export function logRequest(
  gateway: Pick<Gateway, 'store' | 'clock' | 'callerPolicies' | 'logs'>,
  live: LiveStage,
  request: LoggedRequest,
): void {
  const { AccessLogSettings: access } = live.stage;
  const lines = executionLines(live.stage, request);
  if (access !== undefined) {
    const group = /:log-group:([^:]+)/.exec(access.DestinationArn ?? '')?.[1] ?? '';
    write(gateway, live, group, [accessLine(access.Format ?? '', request)]);
  }
  if (lines.length > 0) write(gateway, live, executionGroup(live), lines);
}

/**
 * Returns the log group that API Gateway creates for a stage's execution log, without a retention. AWS documents this
 * name only for REST APIs (https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html).
 */
function executionGroup({ stage: { ApiId, StageName } }: LiveStage): string {
  return `API-Gateway-Execution-Logs_${ApiId}/${StageName}`;
}

function write(
  gateway: Pick<Gateway, 'store' | 'clock' | 'callerPolicies' | 'logs'>,
  { accountId, region }: LiveStage,
  group: string,
  messages: readonly string[],
): void {
  const place = { accountId, region };
  const role = assumableRole(gateway.store, logRoleOf(gateway.store, place) ?? '', accountId);
  const stream = createHash('sha256').update(group).digest('hex').slice(0, 32);
  if (role === undefined) return;
  if (!mayWrite(assumedRole(role, 'BackplaneAssumeRoleSession'), { ...place, group, stream }, gateway)) return;
  const timestamp = gateway.clock.now().getTime();
  gateway.logs.write(
    place,
    group,
    stream,
    messages.map((message) => ({ timestamp, message })),
  );
}
