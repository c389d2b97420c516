import type { IncomingHttpHeaders } from 'node:http';
import { requestIdOf } from '../aws/aws-answer.ts';

// Failures on the way to the room that are nobody's mistake.

/** Something else answered the handshake: a proxy, a load balancer, a sign-in page. */
export class NotFromApiGatewayError extends Error {
  override readonly name = 'NotFromApiGatewayError';

  constructor(status: number) {
    super(`the handshake was answered with ${status}, but not by API Gateway`);
  }
}

/** The practice account failed at the handshake. Named like the SDK's own errors. */
export class AccountFailedError extends Error {
  override readonly name = 'InternalFailure';
  readonly $fault = 'server';
}

/** The connection ended while somebody was in the room, and the room didn't end it. Named like the SDK's own errors. */
export class LostError extends Error {
  override readonly name = 'TimeoutError';

  constructor(how: string) {
    super(`the connection to the room ${how}`);
  }
}

/** The handshake was not answered in time. Named like the SDK's own errors. */
export class HandshakeTimeoutError extends Error {
  override readonly name = 'TimeoutError';

  constructor() {
    super('the room did not answer the handshake in time');
  }
}

/**
 * Returns whether API Gateway itself answered a handshake: its rejections have a request id. A 401 or 403 without one
 * comes from a proxy, and would make an open room look closed.
 */
export function isFromApiGateway(headers: IncomingHttpHeaders): boolean {
  return requestIdOf(headers) !== undefined || typeof headers['x-amz-apigw-id'] === 'string';
}

/** Returns the error for an answer to a handshake that isn't API Gateway's: the practice account says if it failed. */
export function notFromApiGateway(status: number, headers: IncomingHttpHeaders): Error {
  const failure = headers['x-lab-failure'];
  return typeof failure === 'string'
    ? new AccountFailedError(decodeURIComponent(failure))
    : new NotFromApiGatewayError(status);
}

/**
 * The codes with which a room's own functions can close a connection, through DeleteConnection; 1005 is a close without
 * a code. All others come from API Gateway or from something in between: 1001 if it goes away, 1006 without a close
 * frame, 1012 if it restarts.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-status-codes.html
 */
export function isClosedByRoom(code: number): boolean {
  return code === 1000 || code === 1005;
}

/** `ws` has no code for this error. */
export function isLate({ message }: Error): boolean {
  return message === 'Opening handshake has timed out';
}
