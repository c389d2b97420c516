import { AwsError, ResetError } from '../../../calls/errors.ts';

/**
 * Errors that a caller can't cause on request for one connection. The first three are in the reference of
 * PostToConnection (https://docs.aws.amazon.com/cli/latest/reference/apigatewaymanagementapi/post-to-connection.html);
 * 500 is API Gateway's own failure, which AWS lists among the gateway responses
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html). ECONNRESET is
 * what Node.js calls it if there is no answer at all.
 */
const failures = {
  ForbiddenException: () => new AwsError('ForbiddenException', 'Forbidden', 403),
  PayloadTooLargeException: () => new AwsError('PayloadTooLargeException', 'Message too long', 413),
  LimitExceededException: () => new AwsError('LimitExceededException', 'Limit exceeded', 429),
  InternalServerErrorException: () => new AwsError('InternalServerErrorException', 'Internal server error', 500),
  ECONNRESET: () => new ResetError(),
} as const;

/** Returns whether this is the name of an error that a connection can be made to fail with. */
export function isFailure(name: unknown): name is keyof typeof failures {
  return typeof name === 'string' && Object.hasOwn(failures, name);
}

/** What happens to the calls for a connection id. */
interface Failing {
  readonly error?: keyof typeof failures | undefined;
  /** How much longer each post takes, in milliseconds. */
  readonly delay?: number | undefined;
  /** How many calls fail, if not all. */
  readonly most?: number | undefined;
}

/**
 * Connection ids whose calls fail, or whose posts take longer, on request, until that is ended or the account stops.
 */
export class FailingConnections {
  readonly #failing = new Map<string, Failing & { times: number }>();

  /** Makes the calls for a connection id fail, or its posts take longer. It need not be the id of a connection. */
  begin(connectionId: string, failing: Failing): void {
    this.#failing.set(connectionId, { ...failing, times: 0 });
  }

  /** Ends that, and returns how many calls there were. */
  end(connectionId: string): number {
    const { times = 0 } = this.#failing.get(connectionId) ?? {};
    this.#failing.delete(connectionId);
    return times;
  }

  /** Throws the error for this id, if there is one. */
  throwFor(connectionId: string): void {
    const failing = this.#failing.get(connectionId);
    if (failing === undefined) return;
    failing.times += 1;
    if (failing.error === undefined || failing.times > (failing.most ?? Number.POSITIVE_INFINITY)) return;
    throw failures[failing.error]();
  }

  /** Returns how much longer a post to this id takes, in milliseconds. */
  delayOf(connectionId: string): number | undefined {
    return this.#failing.get(connectionId)?.delay;
  }
}
