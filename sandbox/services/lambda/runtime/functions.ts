/** Runs functions, each in processes of its own. */
export interface Functions {
  /** Invokes a function and resolves with what it answered. Rejects with an AwsError where it could not be run at all. */
  invoke(invocation: Invocation): Promise<InvocationResult>;
  /** Ends the processes of a function: its code or configuration changed, or it is gone. */
  retire(functionArn: string): void;
  /** The processes that are there, of all functions. */
  processes(): FunctionProcessState[];
  /** Ends every process and resolves when they have ended. */
  close(): Promise<void>;
}

export interface Invocation {
  /** `arn:aws:lambda:region:account:function:name`, with `:qualifier` where one was named. */
  readonly functionArn: string;
  /** The event, as JSON. */
  readonly payload: string | Buffer;
  /** The invocation's own id, a UUID; absent, it gets a new one. */
  readonly requestId?: string;
  /** Whether nobody waits for the answer: then the function's process that works is worth waiting for. */
  readonly nobodyWaits?: boolean;
  /** Called when the function gets the event: before, its process may have to start, or to wait for its turn. */
  readonly onBegun?: () => void;
}

export interface InvocationResult {
  /** What the handler returned, as JSON, or the error's `{errorType, errorMessage, trace}`. */
  readonly payload: string;
  /** Set when the handler threw, timed out or its process ended. */
  readonly functionError?: 'Unhandled';
  readonly executedVersion: string;
  /** The last 4 KB of what the invocation logged. */
  readonly logTail: string;
}

/** A process of a function, as the console shows it. */
export interface FunctionProcessState {
  readonly functionArn: string;
  /** Which one of the function's processes. */
  readonly process: string;
  readonly state: 'starting' | 'idle' | 'busy' | 'ended';
}
