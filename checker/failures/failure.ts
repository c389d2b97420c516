import { LabError } from './errors.ts';
import type { FailedAt, Failure, FailureKind } from './failure-kind.ts';
import { failureKinds } from './failure-kinds.ts';

/** Explains failed calls and sockets in words. The SDK's errors are identified by their names. */
export function explainFailure(error: unknown, target: FailedAt): Failure {
  if (error instanceof LabError)
    return { ...(isNotFound(error.cause) ? { notFound: true } : {}), reason: error.message, next: error.next };
  const message = messageOf(error);
  const known = kindOf(error, target);
  if (known !== undefined) return known.explain({ target, message, call: callOf(error) });
  return {
    ...(isNotFound(error) ? { notFound: true } : {}),
    reason: `${nameOf(error)}: ${message}`,
    next: "Run the command again. If it keeps happening, it's a bug in the workshop: report it.",
  };
}

/** Returns whether an error is about reaching the account or about what is in it, rather than a bug in the workshop. */
export function isFromAccount(error: unknown): boolean {
  return (error instanceof Error && '$metadata' in error) || kindOf(error, { kind: 'aws', title: '' }) !== undefined;
}

/** Returns whether a service says in its own words that something doesn't exist. */
export function isNotFound(error: unknown): boolean {
  return /^(NotFound|ResourceNotFound|NoSuchEntity)(Exception)?$/.test(nameOf(error));
}

function kindOf(error: unknown, target: FailedAt): FailureKind | undefined {
  const codes = [nameOf(error), ...codesOf(error)];
  const message = messageOf(error);
  const status = statusOf(error);
  return failureKinds.find(({ matches }) => matches({ codes, message, status, target }));
}

/** Returns the codes of an error and of its causes: Node wraps a refused connection in more than one way. */
function codesOf(error: unknown): string[] {
  if (typeof error !== 'object' || error === null) return [];
  const { code, cause, errors } = error as { code?: unknown; cause?: unknown; errors?: unknown };
  return [
    ...(typeof code === 'string' ? [code] : []),
    ...codesOf(cause),
    ...(Array.isArray(errors) ? errors.flatMap(codesOf) : []),
  ];
}

/** Returns the HTTP status of an answer that was not understood, or that reports a fault. */
function statusOf(error: unknown): number | undefined {
  const { $metadata, $response, $fault } = (error ?? {}) as {
    $metadata?: { httpStatusCode?: number };
    $response?: { statusCode?: number };
    $fault?: string;
  };
  return $metadata?.httpStatusCode ?? $response?.statusCode ?? ($fault === 'server' ? 500 : undefined);
}

/** Returns the SDK call that it came from: `DescribeStacks`. */
function callOf(error: unknown): string | undefined {
  const { $operation } = (error ?? {}) as { $operation?: unknown };
  return typeof $operation === 'string' ? $operation : undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'Error';
}
