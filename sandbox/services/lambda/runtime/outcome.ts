import { modestJson } from '../../../protocols/modest-json.ts';
import type { InvocationResult } from './functions.ts';

/** How an invocation ended, before that becomes an answer. */
export type Outcome =
  | { readonly kind: 'answered'; readonly payload: string }
  | { readonly kind: 'failed'; readonly payload: string }
  | { readonly kind: 'timed out'; readonly seconds: number }
  | {
      readonly kind: 'ended';
      readonly code: number | null;
      readonly signal: string | null;
      readonly outOfMemory: boolean;
    };

export interface Verdict extends Pick<InvocationResult, 'payload' | 'functionError'> {
  readonly status: 'success' | 'error' | 'timeout';
  readonly errorType?: string;
}

/** The largest answer, in bytes (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html). */
export const largestAnswer = 6 * 1024 * 1024 + 100;

/** The caller's answer for an outcome. */
export function verdictOf(outcome: Outcome, requestId: string): Verdict {
  switch (outcome.kind) {
    case 'answered':
      return sized({ payload: outcome.payload, status: 'success' });
    case 'failed': {
      const { payload } = outcome;
      const failed: Verdict = { payload, functionError: 'Unhandled', status: 'error', errorType: typeIn(payload) };
      return sized(failed);
    }
    case 'timed out':
      return failure(
        'Sandbox.Timedout',
        `RequestId: ${requestId} Error: Task timed out after ${outcome.seconds.toFixed(2)} seconds`,
        'timeout',
      );
    case 'ended':
      return failure(
        outcome.outOfMemory ? 'Runtime.OutOfMemory' : 'Runtime.ExitError',
        `RequestId: ${requestId} Error: ${reason(outcome)}`,
        'error',
      );
  }
}

function sized(verdict: Verdict): Verdict {
  if (Buffer.byteLength(verdict.payload) <= largestAnswer) return verdict;
  return failure(
    'Function.ResponseSizeTooLarge',
    `Response payload size exceeded maximum allowed payload size (${largestAnswer} bytes).`,
    'error',
  );
}

function failure(errorType: string, errorMessage: string, status: 'error' | 'timeout'): Verdict {
  return { payload: JSON.stringify({ errorType, errorMessage }), functionError: 'Unhandled', status, errorType };
}

const signals: Readonly<Record<string, string>> = {
  SIGKILL: 'killed',
  SIGABRT: 'aborted',
  SIGSEGV: 'segmentation fault',
  SIGTERM: 'terminated',
};

function reason({ code, signal, outOfMemory }: Extract<Outcome, { kind: 'ended' }>): string {
  if (outOfMemory) return 'Runtime exited with error: signal: killed';
  if (signal !== null) return `Runtime exited with error: signal: ${signals[signal] ?? signal}`;
  return code === 0 ? 'Runtime exited without providing a reason' : `Runtime exited with error: exit status ${code}`;
}

function typeIn(payload: string): string {
  const error = modestJson(payload) as { errorType?: unknown } | null | undefined;
  return typeof error?.errorType === 'string' ? error.errorType : 'Error';
}
