import type { GatewayEvent } from '../event.ts';

/** One request of a connection and its result, for the stage's logs. */
export interface LoggedRequest {
  /** The integration's event, even if nothing was invoked. */
  readonly event: GatewayEvent;
  readonly status: number;
  /** API Gateway's message, if it rejected the request or the integration failed. */
  readonly error?: string;
  /** The integration's answer. */
  readonly answer?: string;
}
