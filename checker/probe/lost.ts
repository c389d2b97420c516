import type { IncomingHttpHeaders } from 'node:http';

// What may happen on the way to the room, and is nobody's mistake in it.

/** Something on the way answered the handshake in the place of the room: a proxy, a load balancer, a sign-in page. */
export class NotFromApiGatewayError extends Error {
  override readonly name = 'NotFromApiGatewayError';

  constructor(status: number) {
    super(`the handshake was answered with ${status}, and not by API Gateway`);
  }
}

/** The way to the room broke while somebody was in it: no close was said. Named as the SDK names its own. */
export class LostError extends Error {
  override readonly name = 'TimeoutError';

  constructor(how: string) {
    super(`the connection to the room ${how}`);
  }
}

/** The handshake was not answered in time. Named as the SDK names its own. */
export class HandshakeTimeoutError extends Error {
  override readonly name = 'TimeoutError';

  constructor() {
    super('the room did not answer the handshake in time');
  }
}

/**
 * API Gateway's refusals carry an id of the request. An endpoint that is not AWS's may leave it out where it says who
 * may not come in; a fault without it is that of something on the way.
 */
export function isFromApiGateway(status: number, headers: IncomingHttpHeaders, address: string): boolean {
  if (Object.keys(headers).some((name) => /^(x-amzn?-|apigw-requestid)/i.test(name))) return true;
  return (status === 401 || status === 403) && !new URL(address).hostname.endsWith('.amazonaws.com');
}

/** `ws` has no code for it. */
export function isLate({ message }: Error): boolean {
  return message === 'Opening handshake has timed out';
}
