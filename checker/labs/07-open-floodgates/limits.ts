import type { RouteSettings } from '@aws-sdk/client-apigatewayv2';
import { grouped } from '../grouped.ts';
import { ACCOUNT, BURST, RATE } from './contract.ts';

/** A stage's limits on requests. */
export interface StageSettings {
  readonly DefaultRouteSettings?: RouteSettings | undefined;
  readonly RouteSettings?: Readonly<Record<string, RouteSettings>> | undefined;
}

/** How many requests of a route the stage admits, per second and at once; undefined if not set. */
export interface RouteLimits {
  readonly routeKey: string;
  readonly rate?: number;
  readonly burst?: number;
}

/** A fault in the limits of some routes. */
export interface Wrong {
  readonly kind: 'none' | 'half' | 'too few' | 'too many';
  /** Keys of the affected routes. */
  readonly routes: readonly string[];
  /** The limits of the first of them. */
  readonly limits: RouteLimits;
}

/**
 * Returns the limits that apply to each route: its own override the stage's.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-protect.html
 */
export function limitsOf(
  { DefaultRouteSettings, RouteSettings }: StageSettings,
  routes: readonly string[],
): RouteLimits[] {
  return routes.map((routeKey) => {
    const own = Object.hasOwn(RouteSettings ?? {}, routeKey) ? RouteSettings?.[routeKey] : undefined;
    const rate = own?.ThrottlingRateLimit ?? DefaultRouteSettings?.ThrottlingRateLimit;
    const burst = own?.ThrottlingBurstLimit ?? DefaultRouteSettings?.ThrottlingBurstLimit;
    return { routeKey, rate, burst };
  });
}

const kinds = ['none', 'too few', 'too many', 'half'] as const;

/** Returns the first kind of mistake, with all routes that have it; undefined if no route has one. */
export function wrongIn(limits: readonly RouteLimits[], among: readonly Wrong['kind'][] = kinds): Wrong | undefined {
  for (const kind of among) {
    const wrong = limits.filter((each) => kindOf(each) === kind);
    const [first] = wrong;
    if (first !== undefined) return { kind, routes: wrong.map(({ routeKey }) => routeKey), limits: first };
  }
  return undefined;
}

function kindOf({ rate, burst }: RouteLimits): Wrong['kind'] | undefined {
  if (rate === undefined && burst === undefined) return 'none';
  const [aRate, aBurst] = [rate ?? RATE.most, burst ?? BURST.most];
  if (aRate < RATE.least || aBurst < BURST.least) return 'too few';
  if (aRate > RATE.most || aBurst > BURST.most) return 'too many';
  return rate === undefined || burst === undefined ? 'half' : undefined;
}

/** Returns limits in words: `50 requests a second and 100 at once`. */
export function inWords({ rate = ACCOUNT.rate, burst = ACCOUNT.burst }: Pick<RouteLimits, 'rate' | 'burst'>): string {
  return `${grouped(rate)} ${rate === 1 ? 'request' : 'requests'} a second and ${grouped(burst)} at once`;
}
