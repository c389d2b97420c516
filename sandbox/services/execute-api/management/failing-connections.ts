import { AwsError } from '../../../calls/errors.ts';

/**
 * Errors that a caller can't cause on request for one connection. The first two are in the reference of PostToConnection
 * (https://docs.aws.amazon.com/cli/latest/reference/apigatewaymanagementapi/post-to-connection.html); 500 is API Gateway's
 * own failure, which AWS lists among the gateway responses
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html).
 */
const failures = {
  ForbiddenException: ['Forbidden', 403],
  LimitExceededException: ['Limit exceeded', 429],
  InternalServerErrorException: ['Internal server error', 500],
} as const;

/** Returns whether this is the name of an error that a connection can be made to fail with. */
export function isFailure(name: unknown): name is keyof typeof failures {
  return typeof name === 'string' && Object.hasOwn(failures, name);
}

/** Connections whose calls fail because somebody wants them to, until they don't, or the account ends. */
export class FailingConnections {
  readonly #names = new Map<string, keyof typeof failures>();
  readonly #times = new Map<string, number>();

  /** Lets the calls for a connection id fail with this error. It need not be the id of a connection. */
  begin(connectionId: string, name: keyof typeof failures): void {
    this.#names.set(connectionId, name);
    this.#times.set(connectionId, 0);
  }

  /** Ends that, and returns how many calls have failed. */
  end(connectionId: string): number {
    const times = this.#times.get(connectionId) ?? 0;
    this.#names.delete(connectionId);
    this.#times.delete(connectionId);
    return times;
  }

  /** Throws the error for this id, if there is one. */
  throwFor(connectionId: string): void {
    const name = this.#names.get(connectionId);
    if (name === undefined) return;
    this.#times.set(connectionId, (this.#times.get(connectionId) ?? 0) + 1);
    const [message, status] = failures[name];
    throw new AwsError(name, message, status);
  }
}
