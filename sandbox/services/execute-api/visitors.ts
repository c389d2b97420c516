import { functionOf } from '../apigatewayv2/arn.ts';
import type { Gateway } from './gateway.ts';
import type { LiveStage } from './live.ts';

/** Returns the ARNs of the functions that a room's visitors need first: those to join, then those to talk. */
export function functionsForVisitors({ snapshot, stage }: Pick<LiveStage, 'snapshot' | 'stage'>): string[] {
  const { $connect, ...others } = snapshot.routes;
  const own = Object.values(others).filter(({ RouteKey }) => !RouteKey.startsWith('$'));
  const uris = [
    $connect?.authorizer?.AuthorizerUri,
    ...[$connect, ...own].map((route) => route?.integration?.IntegrationUri),
  ];
  return uris.flatMap((uri) => functionOf(uri, stage.StageVariables) ?? []);
}

/**
 * Gives the functions that visitors need a process, unless they have one, after the one that is invoked now: people who
 * join talk soon.
 */
export function prepareForVisitors({ functions }: Pick<Gateway, 'functions'>, live: LiveStage): void {
  setImmediate(() => {
    for (const functionArn of functionsForVisitors(live)) functions.prepare(functionArn);
  });
}
