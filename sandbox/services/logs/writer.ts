/** Where services write log events for an account to read through CloudWatch Logs. */
export interface LogWriter {
  /** Appends events to a stream; group and stream are made where they are not there yet. */
  write(
    scope: { readonly accountId: string; readonly region: string },
    group: string,
    stream: string,
    events: readonly LogEvent[],
  ): void;
}

export interface LogEvent {
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly message: string;
}
