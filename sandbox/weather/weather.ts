import type { Call } from '../calls/context.ts';
import type { Service } from '../calls/operation.ts';
import type { Logs } from '../services/logs/writer.ts';
import type { Store } from '../state/store.ts';

/** The state as somebody reads it. */
export type Reading = Pick<Store, 'get' | 'entries' | 'scopes'>;

/** The facts about an account's weather that the checkout's other processes need. */
export interface Forecast {
  readonly kind: 'aws';
  readonly seed: string | number;
  /** How many AWS seconds pass in one second here. */
  readonly scale: number;
}

/** A request that came over the wire: calls between services have no weather. */
export interface WireRequest {
  readonly service: Service;
  readonly operation: string;
  readonly input: object;
}

/** Runs a request's operation with some input, in some call. */
export type Run = (input: object, call: Call) => Promise<object>;

/**
 * How fast, how strictly and how consistently an account answers. The stored state stays the truth: weather only
 * decides who sees it when.
 */
export interface Weather {
  /** Undefined in calm weather. */
  readonly forecast?: Forecast;
  /** The concurrency limit of one account and region. */
  readonly concurrency: number;
  /** Whether operations that meet a transaction on an item are rejected. Otherwise they wait. */
  readonly hasConflicts: boolean;
  /**
   * Returns the state as one replica of a reader sees it, such as `dynamodb` when it evaluates a role's permissions.
   * Each call can get another replica; calls for the same `client` get the same one.
   */
  seenBy(reader: string, client?: object): Reading;
  /** Runs a request that came over the wire. Throws the service's throttling error if there were too many. */
  answer(request: WireRequest, call: Call, run: Run): Promise<object>;
  /** Returns the logs as their readers see them. */
  logs(logs: Logs): Logs;
  /** Returns how long a new execution environment waits before it starts, in milliseconds. */
  coldStart(): number;
}

/** Returns the weather of an account in which everyone sees each change immediately. */
export function calm(store: Store): Weather {
  return {
    concurrency: Number.POSITIVE_INFINITY,
    hasConflicts: false,
    seenBy: () => store,
    answer: (request, call, run) => run(request.input, call),
    logs: (logs) => logs,
    coldStart: () => 0,
  };
}
