import type { OnDecided } from '../authorization/authorize.ts';
import type { Caller } from '../calls/caller.ts';
import type { Clock } from '../calls/context.ts';
import type { AwsError } from '../calls/errors.ts';
import { traced } from './decision.ts';
import type { CallEvent, TracedDecision } from './events.ts';
import { happened, type Linked, linked, type Moment, momentOf, publish, since } from './publish.ts';

/** A call of an AWS API by a function, followed from its beginning to its end. */
export class ApiCall {
  readonly #clock: Clock;
  readonly #began: Moment;
  readonly #facts: Facts;
  readonly #decisions: TracedDecision[] = [];
  /** Hears how IAM decides on the call. */
  readonly onDecided: OnDecided = (request, decision) => {
    this.#decisions.push(traced(request, decision));
  };

  private constructor(clock: Clock, facts: Facts) {
    this.#clock = clock;
    this.#began = momentOf(clock);
    this.#facts = facts;
    const { parent, callId } = facts;
    if (parent !== undefined) linked.publish({ clock, callId, parent } satisfies Linked);
  }

  /** Returns the call if somebody listens and a function makes it. */
  static begin(clock: Clock, caller: Caller | undefined, facts: Omit<Facts, 'caller'>): ApiCall | undefined {
    if (!happened.hasSubscribers || caller?.session?.functionArn === undefined) return undefined;
    return new ApiCall(clock, { ...facts, caller });
  }

  /** Publishes how the call ended. */
  end(status: number, { output, error }: { readonly output?: object; readonly error?: AwsError }): void {
    const { service, operation, callId, caller, region, parent, input } = this.#facts;
    const about = input as { readonly ConnectionId?: unknown; readonly Data?: unknown };
    const { Count } = (output ?? {}) as { readonly Count?: unknown };
    const event = (): CallEvent => ({
      kind: 'call',
      service,
      operation,
      callId,
      status,
      ...(error === undefined ? {} : { error: error.code }),
      ms: since(this.#began),
      ...(service === 'execute-api' && typeof about.ConnectionId === 'string' ? { to: about.ConnectionId } : {}),
      ...(service === 'execute-api' && Buffer.isBuffer(about.Data) ? { bytes: about.Data.length } : {}),
      ...(service === 'dynamodb' && typeof Count === 'number' ? { count: Count } : {}),
      decisions: this.#decisions,
    });
    publish(
      this.#clock,
      () => ({
        account: caller.accountId,
        region,
        function: caller.session?.functionArn?.split(':')[6] ?? '',
        // The recorder puts the whole id in place of what the header says of it.
        ...(parent === undefined ? {} : { requestId: parent }),
        ...event(),
      }),
      this.#began,
    );
  }
}

interface Facts {
  readonly caller: Caller;
  readonly service: string;
  readonly operation: string;
  readonly input: object;
  readonly region: string;
  readonly callId: string;
  /** The first 24 digits of the id of the invocation that calls: see `invocationIn`. */
  readonly parent: string | undefined;
}

/**
 * Returns the first 24 digits of the id of the invocation that a request comes from. The SDK hands on the trace id that
 * the function's process was given with its event, whose last 24 digits they are: see `Environment.run`.
 */
export function invocationIn(header: string | undefined): string | undefined {
  return /(?:^|;)Root=1-[0-9a-f]{8}-([0-9a-f]{24})(?:;|$)/.exec(header ?? '')?.[1];
}
