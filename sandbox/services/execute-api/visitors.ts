import { functionAt } from './call-function.ts';
import type { LiveStage } from './live.ts';

/** Returns the ARNs of the functions that a room's visitors need first: those to join, then those to talk. */
export function functionsForVisitors(live: LiveStage): string[] {
  const { $connect, ...others } = live.snapshot.routes;
  const own = Object.values(others).filter(({ RouteKey }) => !RouteKey.startsWith('$'));
  const uris = [
    $connect?.authorizer?.AuthorizerUri,
    ...[$connect, ...own].map((route) => route?.integration?.IntegrationUri),
  ];
  return uris.flatMap((uri) => functionAt(uri, live) ?? []);
}
