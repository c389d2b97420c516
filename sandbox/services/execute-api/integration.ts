import { modestJson } from '../../protocols/modest-json.ts';
import type { LiveRoute } from '../apigatewayv2/records.ts';
import { callFunction } from './call-function.ts';
import type { GatewayEvent } from './event.ts';
import type { Gateway } from './gateway.ts';
import { executeApiArn, type LiveStage } from './live.ts';
import { mockBody, mockStatus } from './mock.ts';

/** An integration's result. `failed`: the function threw, or returned no valid answer. */
export type IntegrationOutcome =
  | {
      readonly kind: 'answered';
      readonly statusCode: number;
      readonly body: string | undefined;
      /** Names in lower case. */
      readonly headers: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'failed' }
  | { readonly kind: 'refused' }
  | { readonly kind: 'timed out' };

/** Passes an event to a route's integration. */
export async function callIntegration(
  gateway: Pick<Gateway, 'store' | 'clock' | 'ids' | 'functions' | 'performAs' | 'callerPolicies' | 'weather'>,
  live: LiveStage,
  route: LiveRoute,
  event: GatewayEvent,
): Promise<IntegrationOutcome> {
  const { integration } = route;
  if (integration === undefined) return { kind: 'refused' };
  if (integration.IntegrationType === 'MOCK') {
    const statusCode = mockStatus(integration) ?? 500;
    return { kind: 'answered', statusCode, body: mockBody(route.integrationResponses, statusCode), headers: {} };
  }
  const { ApiId, StageName } = live.stage;
  const called = await callFunction(
    gateway,
    live,
    {
      uri: integration.IntegrationUri,
      credentialsArn: integration.CredentialsArn,
      sourceArn: executeApiArn(live, `${ApiId}/${StageName}/${route.RouteKey}`),
      timeout: integration.TimeoutInMillis,
      nobodyWaits: route.RouteKey === '$disconnect',
    },
    event,
  );
  if (called.kind === 'returned') return readAnswer(called.payload);
  return called.kind === 'threw' ? { kind: 'failed' } : called;
}

/** A proxy integration's answer must be an object with a status code. */
function readAnswer(payload: string): IntegrationOutcome {
  const answer = parse(payload);
  const statusCode = Number(answer?.statusCode ?? Number.NaN);
  if (!Number.isInteger(statusCode) || statusCode < 100 || statusCode > 599) return { kind: 'failed' };
  const { body, isBase64Encoded, headers } = answer ?? {};
  const text = body === undefined || body === null || typeof body === 'string' ? body : JSON.stringify(body);
  return {
    kind: 'answered',
    statusCode,
    body: text && isBase64Encoded === true ? Buffer.from(text, 'base64').toString('utf8') : (text ?? undefined),
    headers: Object.fromEntries(
      Object.entries((headers as object | null | undefined) ?? {}).map(([name, value]) => [
        name.toLowerCase(),
        String(value),
      ]),
    ),
  };
}

function parse(payload: string): Readonly<Record<string, unknown>> | undefined {
  const answer = modestJson(payload);
  return typeof answer === 'object' && answer !== null ? (answer as Record<string, unknown>) : undefined;
}
