import type { RouteSettings } from '@aws-sdk/client-apigatewayv2';
import type { StageRecord } from '../../apigatewayv2/records.ts';
import type { LoggedRequest } from './logged-request.ts';

/**
 * Returns a request's lines in the stage's execution log, by the settings of its route: `ERROR` logs failures, `INFO`
 * logs each request, and data tracing logs whole requests, including the token in a handshake's query. AWS doesn't
 * document the lines of WebSocket APIs; these are worded like those of REST APIs
 * (https://repost.aws/knowledge-center/api-gateway-cloudwatch-logs).
 */
export function executionLines(stage: StageRecord, { event, status, error, answer }: LoggedRequest): string[] {
  const { requestId, connectionId, routeKey } = event.requestContext;
  const { LoggingLevel, DataTraceEnabled = false } = settingsOf(stage, routeKey);
  // Data tracing without a level logs, too: only OFF turns it off.
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

/** The route's own settings override the stage's. */
function settingsOf({ DefaultRouteSettings, RouteSettings }: StageRecord, routeKey: string): RouteSettings {
  return { ...DefaultRouteSettings, ...(Object.hasOwn(RouteSettings, routeKey) ? RouteSettings[routeKey] : {}) };
}

function listed(values: unknown): string {
  const entries = Object.entries(values as Readonly<Record<string, string>>);
  return `{${entries.map(([name, value]) => `${name}=${value}`).join(', ')}}`;
}
