import type { IncomingHttpHeaders } from 'node:http';
import { requestIdOf } from '../aws/aws-answer.ts';

// What may happen on the way to the room, and is nobody's mistake in it.

/** Something on the way answered the handshake in the place of the room: a proxy, a load balancer, a sign-in page. */
export class NotFromApiGatewayError extends Error {
  override readonly name = 'NotFromApiGatewayError';

  constructor(status: number) {
    super(`the handshake was answered with ${status}, and not by API Gateway`);
  }
}

/** The connection ended while somebody was in the room, and nobody in it ended it. Named as the SDK names its own. */
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
 * Whether API Gateway itself answered a handshake: its refusals carry an id of the request. A 401 or 403 without one is
 * that of a proxy, and would make an open room look closed.
 */
export function isFromApiGateway(headers: IncomingHttpHeaders): boolean {
  return requestIdOf(headers) !== undefined || typeof headers['x-amz-apigw-id'] === 'string';
}

/**
 * The codes that a room's own functions can make API Gateway close with, by DeleteConnection; 1005 is a close without a
 * code. All others are API Gateway's, or of something on the way: 1001 if it goes away, 1006 if nobody said a close,
 * 1012 if it starts again.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-status-codes.html
 */
export function isClosedByRoom(code: number): boolean {
  return code === 1000 || code === 1005;
}

/** `ws` has no code for it. */
export function isLate({ message }: Error): boolean {
  return message === 'Opening handshake has timed out';
}
