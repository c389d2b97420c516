/**
 * An answer to the sender alone. It goes back through the message's route, so it needs no
 * permission, only a route with `returnResponse`.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-response.html
 */
export interface Answer {
  readonly statusCode: number;
  readonly body?: string;
}

/** Success, without an answer. */
export const done: Answer = { statusCode: 200 };

/** Tells the sender, in readable words, why their message was rejected. */
export function tellSender(message: string): Answer {
  return { statusCode: 200, body: JSON.stringify({ type: 'error', message }) };
}
