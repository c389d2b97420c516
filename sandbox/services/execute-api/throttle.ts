import type { RouteSettings } from '@aws-sdk/client-apigatewayv2';
import type { Clock } from '../../calls/context.ts';
import type { StageRecord } from '../apigatewayv2/records.ts';

interface Bucket {
  tokens: number;
  /** Milliseconds since 1970. */
  filledAt: number;
}

/** Requests per second, and how many can come at once. */
interface Limit {
  readonly rate: number;
  readonly burst: number;
}

// https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html
const accountLimit: Limit = { rate: 10_000, burst: 5_000 };
const newConnections: Limit = { rate: 500, burst: 500 };

/** Counts requests with token buckets, one for each route of a stage and two for an account. */
export class Throttle {
  readonly #buckets = new Map<string, Bucket>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether a request for this route may pass; if so, it is counted. */
  admits(scope: string, stage: StageRecord, routeKey: string): boolean {
    const limit = limitOf(stage, routeKey);
    const byRoute = limit === undefined || this.#take(`${scope}/${stage.ApiId}/${stage.StageName}/${routeKey}`, limit);
    return byRoute && this.#take(scope, accountLimit);
  }

  /** Whether the account and region may have one more new connection in this second; if so, it is counted. */
  admitsConnection(scope: string): boolean {
    return this.#take(`${scope} connections`, newConnections);
  }

  /** A new limit begins with a full bucket: what an earlier one left doesn't say how busy a route is. */
  #take(scope: string, { rate, burst }: Limit): boolean {
    const name = `${scope} ${rate}/${burst}`;
    const now = this.#clock.now().getTime();
    let bucket = this.#buckets.get(name);
    if (bucket === undefined) {
      bucket = { tokens: burst, filledAt: now };
      this.#buckets.set(name, bucket);
    }
    const filled = bucket.tokens + (Math.max(0, now - bucket.filledAt) / 1000) * rate;
    bucket.tokens = Math.min(burst, filled);
    bucket.filledAt = now;
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  }
}

/** The route's own settings override the stage's; a stage can set only one of the two limits. */
function limitOf(stage: StageRecord, routeKey: string): Limit | undefined {
  const own: RouteSettings | undefined = Object.hasOwn(stage.RouteSettings, routeKey)
    ? stage.RouteSettings[routeKey]
    : undefined;
  const rate = own?.ThrottlingRateLimit ?? stage.DefaultRouteSettings?.ThrottlingRateLimit;
  const burst = own?.ThrottlingBurstLimit ?? stage.DefaultRouteSettings?.ThrottlingBurstLimit;
  if (rate === undefined && burst === undefined) return undefined;
  return { rate: rate ?? accountLimit.rate, burst: burst ?? accountLimit.burst };
}
