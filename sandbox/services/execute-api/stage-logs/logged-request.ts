import type { GatewayEvent } from '../event.ts';

/** One request of a connection, and what became of it, as a stage's logs have it. */
export interface LoggedRequest {
  /** What its integration got, or would have got. */
  readonly event: GatewayEvent;
  readonly status: number;
  /** API Gateway's own words, if it refused the request or the integration failed. */
  readonly error?: string;
  /** What the integration answered. */
  readonly answer?: string;
}
