import type { RouteSettings } from '@aws-sdk/client-apigatewayv2';
import type { StageRecord } from '../../apigatewayv2/records.ts';
import type { LoggedRequest } from './logged-request.ts';

/**
 * Returns the lines of a stage's execution log for a request, by the settings of its route: `ERROR` has what failed, `INFO`
 * each request, and data trace has all of a request, with the token in the query of a handshake. AWS publishes no lines of
 * WebSocket APIs; these are worded like those of REST APIs
 * (https://repost.aws/knowledge-center/api-gateway-cloudwatch-logs).
 */
export function executionLines(stage: StageRecord, { event, status, error, answer }: LoggedRequest): string[] {
  const { requestId, connectionId, routeKey } = event.requestContext;
  const { LoggingLevel, DataTraceEnabled = false } = settingsOf(stage, routeKey);
  // Data trace without a level logs as well: only OFF turns it off.
  const level = LoggingLevel ?? (DataTraceEnabled ? 'INFO' : 'OFF');
  if (level === 'OFF' || (level === 'ERROR' && error === undefined && !DataTraceEnabled)) return [];
  const isAll = level === 'INFO' || DataTraceEnabled;
  const { queryStringParameters, headers, body } = event;
  const lines = [
    ...(isAll
      ? [`Starting execution for request: ${requestId}`, `Connection: ${connectionId}, Route: ${routeKey}`]
      : []),
    ...(DataTraceEnabled
      ? [
          ...(queryStringParameters === undefined
            ? []
            : [`Method request query string: ${listed(queryStringParameters)}`]),
          ...(headers === undefined ? [] : [`Method request headers: ${listed(headers)}`]),
          ...(body === undefined ? [] : [`Method request body before transformations: ${String(body)}`]),
          `Endpoint request body after transformations: ${JSON.stringify(event)}`,
          ...(answer === undefined ? [] : [`Endpoint response body before transformations: ${answer}`]),
        ]
      : []),
    ...(error === undefined ? (isAll ? ['Successfully completed execution'] : []) : [`Execution failed: ${error}`]),
    `Method completed with status: ${status}`,
  ];
  return lines.map((line) => `(${requestId}) ${line}`);
}

/** The route's own settings come before the stage's. */
function settingsOf({ DefaultRouteSettings, RouteSettings }: StageRecord, routeKey: string): RouteSettings {
  return { ...DefaultRouteSettings, ...(Object.hasOwn(RouteSettings, routeKey) ? RouteSettings[routeKey] : {}) };
}

function listed(values: unknown): string {
  const entries = Object.entries(values as Readonly<Record<string, string>>);
  return `{${entries.map(([name, value]) => `${name}=${value}`).join(', ')}}`;
}
