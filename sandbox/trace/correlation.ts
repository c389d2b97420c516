/** When an event happened, and its position in the order of events. */
export interface Stamp {
  /** Incremented by 1 from the start of the account. */
  readonly id: number;
  /** Milliseconds since 1970, by the account's clock. For an event with `ms`, when it began. */
  readonly at: number;
  /**
   * The same time in milliseconds since the account's process started, to the microsecond. Monotonic: use it for
   * drawing.
   */
  readonly mono: number;
}

/** Everything that an event belongs to. Each member exists if it is known. */
export interface Correlation {
  /** Twelve digits. */
  readonly account?: string;
  readonly region?: string;
  /**
   * API Gateway's id of one handshake, message or disconnect, `lLAOZrJk1HyHc48=`: everything that follows from it has
   * it, including what functions do. It is the `requestId` in an error frame.
   */
  readonly trace?: string;
  /** Lambda's id of an invocation, a UUID, also for what the function does during it. */
  readonly requestId?: string;
  /** It follows from what a checker did, not somebody in the room: its handshake, or an invocation for it. */
  readonly isProbe?: true;
  readonly connectionId?: string;
  readonly messageId?: string;
  /** The id of the API, and its stage. */
  readonly api?: string;
  readonly stage?: string;
  /** The name of the function that did it, or that it was done to. */
  readonly function?: string;
}
