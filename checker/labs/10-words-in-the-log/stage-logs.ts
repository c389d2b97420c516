import type { Room, StackResource, Subject } from '../../checking/check.ts';
import { observeStageSettings } from '../../observe/stage-settings.ts';

/** A log group that a stage writes to, or may have written to. */
export interface StageGroup {
  readonly kind: 'access log' | 'execution log';
  readonly group: string;
}

/** A stage's logs. */
export interface StageLogs {
  readonly groups: readonly StageGroup[];
  /** Whether its execution log has whole requests on any route: messages, and addresses with tokens. */
  readonly wholeRequests: boolean;
  /** Variables with somebody's name, address or token in the format of its access log. */
  readonly personal: readonly string[];
}

/** What an authorizer can pass on about somebody. A log on AWS shows it late. */
const PERSONAL = /\$context\.authorizer\.(?:user_?name|name|email|token)\b/gi;

/**
 * Returns the log groups of the room's stage. AWS documents the first name of an execution log for REST APIs only, so
 * this also looks for the other name that such groups have. Neither exists unless the log is on, or was.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-logging.html
 */
export async function observeStageLogs(subject: Pick<Subject, 'target'>, room: Room): Promise<StageLogs> {
  const { DefaultRouteSettings, RouteSettings = {}, AccessLogSettings } = await observeStageSettings(subject, room);
  const access = /:log-group:([^:]+)/.exec(AccessLogSettings?.DestinationArn ?? '')?.[1];
  const { apiId, stageName } = room;
  const all = [{}, ...Object.values(RouteSettings)].map((own) => ({ ...DefaultRouteSettings, ...own }));
  return {
    groups: [
      ...(access === undefined ? [] : [{ kind: 'access log', group: access } as const]),
      ...[`API-Gateway-Execution-Logs_${apiId}/${stageName}`, `/aws/apigateway/${apiId}/${stageName}`].map(
        (group) => ({ kind: 'execution log', group }) as const,
      ),
    ],
    wholeRequests: all.some(
      ({ DataTraceEnabled, LoggingLevel }) => DataTraceEnabled === true && LoggingLevel !== 'OFF',
    ),
    personal: access === undefined ? [] : [...new Set(AccessLogSettings?.Format?.match(PERSONAL))],
  };
}

/** Returns the log groups that the stack created: a function can also write to one that isn't its own. */
export function logGroupsOf({ resources }: Pick<Subject, 'resources'>): StackResource[] {
  return resources.filter(({ type }) => type === 'AWS::Logs::LogGroup');
}
