/**
 * An answer that goes to the sender alone. It travels back along the route the message came by, so it needs no
 * permission, only a route with `returnResponse`.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-response.html
 */
export interface Answer {
  readonly statusCode: number;
  readonly body?: string;
}

/** All is well, and there is nothing to say about it. */
export const done: Answer = { statusCode: 200 };

/** Tells the sender, in words a person can read, why nothing came of what they sent. */
export function tellSender(message: string): Answer {
  return { statusCode: 200, body: JSON.stringify({ type: 'error', message }) };
}
