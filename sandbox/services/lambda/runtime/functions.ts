/** Runs functions in separate processes. */
export interface Functions {
  /** Invokes a function and resolves with its answer. Rejects with an AwsError if it couldn't run at all. */
  invoke(invocation: Invocation): Promise<InvocationResult>;
  /** Ends a function's processes: its code or configuration changed, or it was deleted. */
  retire(functionArn: string): void;
  /** Starts a process for a function that will soon be needed, once no invocation waits for another one. */
  prepare(functionArn: string): void;
  /** The existing processes of all functions. */
  processes(): FunctionProcessState[];
  /** Ends every process and resolves when they have ended. */
  close(): Promise<void>;
}

export interface Invocation {
  /** `arn:aws:lambda:region:account:function:name`, with `:qualifier` if one was given. */
  readonly functionArn: string;
  /** The event, as JSON. */
  readonly payload: string | Buffer;
  /** The invocation's id, a UUID; generated if absent. */
  readonly requestId?: string;
  /** Whether nobody waits for the answer: then waiting for a busy process is worthwhile. */
  readonly nobodyWaits?: boolean;
  /** Called when the function gets the event: before, its process may have to start, or to wait for its turn. */
  readonly onBegun?: () => void;
}

export interface InvocationResult {
  /** The handler's result as JSON, or the error as `{errorType, errorMessage, trace}`. */
  readonly payload: string;
  /** Set if the handler threw, timed out or its process ended. */
  readonly functionError?: 'Unhandled';
  readonly executedVersion: string;
  /** The last 4 KB of the invocation's log. */
  readonly logTail: string;
}

/** A function's process, for the console. */
export interface FunctionProcessState {
  readonly functionArn: string;
  /** Its number within the function. */
  readonly process: string;
  readonly state: 'starting' | 'idle' | 'busy' | 'ended';
}
