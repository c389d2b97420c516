/** The exit codes of commands. */
export const exitCode = { fixed: 0, notFixed: 1, usage: 2, couldNotCheck: 3, interrupted: 130 } as const;

/**
 * An error that a person can act on: what happened, and what to do next. The command line prints both and exits with
 * `exitCode`. Any other error is a bug in the workshop and is printed with its stack.
 */
export class LabError extends Error {
  override readonly name: string = 'LabError';
  readonly exitCode: number = exitCode.couldNotCheck;
  /** The next step: a command, a place to look. One or two sentences. */
  readonly next: string;

  constructor(message: string, next: string, options?: ErrorOptions) {
    super(message, options);
    this.next = next;
  }
}

/** The command was called incorrectly. */
export class UsageError extends LabError {
  override readonly name = 'UsageError';
  override readonly exitCode = exitCode.usage;
}

/** Somebody pressed Ctrl-C; says what state that left. */
export class InterruptedError extends LabError {
  override readonly name = 'InterruptedError';
  override readonly exitCode: number = exitCode.interrupted;

  constructor(message: string) {
    super(message, '');
  }
}

/** A deployment was interrupted, so the state of the room is unknown. */
export class InterruptedDeploymentError extends InterruptedError {
  override readonly exitCode = exitCode.couldNotCheck;
}
