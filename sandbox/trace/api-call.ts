import type { OnDecided } from '../authorization/authorize.ts';
import type { Caller } from '../calls/caller.ts';
import type { Clock } from '../calls/context.ts';
import type { AwsError } from '../calls/errors.ts';
import type { Correlation } from './correlation.ts';
import { traced } from './decision.ts';
import type { CallEvent } from './events.ts';
import { happened, type Linked, linked, type Moment, momentOf, publish, since } from './publish.ts';
import { cut } from './secrets.ts';
import type { TracedDecision } from './traced-decision.ts';

/** A call of an AWS API by a function, followed from its beginning to its end. */
export class ApiCall {
  readonly #clock: Clock;
  readonly #began: Moment;
  readonly #facts: Facts;
  readonly #decisions: TracedDecision[] = [];
  /** Gets IAM's decision about the call. */
  readonly onDecided: OnDecided = (request, decision) => {
    this.#decisions.push(traced(request, decision));
  };

  private constructor(clock: Clock, facts: Facts) {
    this.#clock = clock;
    this.#began = momentOf(clock);
    this.#facts = facts;
    const { parent, callId } = facts;
    if (parent !== undefined && leadsFurther(facts)) linked.publish({ clock, callId, parent } satisfies Linked);
  }

  /** Returns the call if somebody listens and a function makes it. */
  static begin(clock: Clock, caller: Caller | undefined, facts: Omit<Facts, 'caller'>): ApiCall | undefined {
    if (!happened.hasSubscribers || caller?.session?.functionArn === undefined) return undefined;
    return new ApiCall(clock, { ...facts, caller });
  }

  /** Publishes how the call ended. */
  end(status: number, { output, error }: { readonly output?: object; readonly error?: AwsError }): void {
    const ms = since(this.#began);
    publish(this.#clock, () => this.#event(status, ms, output, error), this.#began);
  }

  #event(status: number, ms: number, output?: object, error?: AwsError): Correlation & CallEvent {
    const { caller, region, parent, service, operation, callId, input } = this.#facts;
    const event: Writable<Correlation & CallEvent> = {
      account: caller.accountId,
      region,
      function: caller.session?.functionArn?.split(':')[6] ?? '',
      kind: 'call',
      service,
      operation,
      callId,
      status,
      ms,
      decisions: this.#decisions,
    };
    // The recorder replaces the partial id from the header with the complete one.
    if (parent !== undefined) event.requestId = parent;
    if (error !== undefined) event.error = error.code;
    if (service === 'execute-api') {
      const { ConnectionId, Data } = input as { readonly ConnectionId?: string; readonly Data?: Buffer };
      if (ConnectionId !== undefined) event.to = cut(ConnectionId);
      if (Data !== undefined) event.bytes = Data.length;
    } else if (service === 'dynamodb') {
      const { Count } = (output ?? {}) as { readonly Count?: unknown };
      if (typeof Count === 'number') event.count = Count;
    }
    return event;
  }
}

type Writable<T> = { -readonly [Member in keyof T]: T[Member] };

/** Whether a call causes more events than its own: a function's invocation, changed items. */
function leadsFurther({ service, operation }: Pick<Facts, 'service' | 'operation'>): boolean {
  return (
    service === 'lambda' || (service === 'dynamodb' && /^(Put|Update|Delete|BatchWrite|TransactWrite)/.test(operation))
  );
}

interface Facts {
  readonly caller: Caller;
  readonly service: string;
  readonly operation: string;
  readonly input: object;
  readonly region: string;
  readonly callId: string;
  /** The first 24 digits of the calling invocation's id: see `invocationIn`. */
  readonly parent: string | undefined;
}

/**
 * Returns the first 24 digits of the id of the invocation that a request comes from. The SDK propagates the trace id
 * that the function's process got with its event, which ends with them: see `Environment.run`.
 */
export function invocationIn(header: string | undefined): string | undefined {
  return /(?:^|;)Root=1-[0-9a-f]{8}-([0-9a-f]{24})(?:;|$)/.exec(header ?? '')?.[1];
}
