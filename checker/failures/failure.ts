import { LabError } from './errors.ts';
import { type FailedAt, type Failure, type FailureKind, failureKinds } from './failure-kinds.ts';

/** What became of a call to the account, or of a socket, in words; the SDK's errors are told apart by their names. */
export function explainFailure(error: unknown, target: FailedAt): Failure {
  if (error instanceof LabError) return { reason: error.message, next: error.next };
  const message = messageOf(error);
  const known = kindOf(error, target);
  if (known !== undefined) return known.explain({ target, message, call: callOf(error) });
  return {
    ...(isNotFound(error) ? { notFound: true } : {}),
    reason: `${nameOf(error)}: ${message}`,
    next: 'Run the command again. If it stays, it is a fault of the workshop: report it.',
  };
}

/** Whether an error tells of the way to the account, or of what is there, and not of a fault in the workshop. */
export function isFromAccount(error: unknown): boolean {
  return (error instanceof Error && '$metadata' in error) || kindOf(error, { kind: 'aws', title: '' }) !== undefined;
}

/** Whether a service says in its own words that there is no such thing. */
export function isNotFound(error: unknown): boolean {
  return /^(NotFound|ResourceNotFound|NoSuchEntity)(Exception)?$/.test(nameOf(error));
}

function kindOf(error: unknown, target: FailedAt): FailureKind | undefined {
  const codes = [nameOf(error), ...codesOf(error)];
  const message = messageOf(error);
  const status = statusOf(error);
  return failureKinds.find(({ matches }) => matches({ codes, message, status, target }));
}

/** The codes of an error and of what caused it: Node wraps a refused connection in more than one way. */
function codesOf(error: unknown): string[] {
  if (typeof error !== 'object' || error === null) return [];
  const { code, cause, errors } = error as { code?: unknown; cause?: unknown; errors?: unknown };
  return [
    ...(typeof code === 'string' ? [code] : []),
    ...codesOf(cause),
    ...(Array.isArray(errors) ? errors.flatMap(codesOf) : []),
  ];
}

/** The HTTP status of an answer that was not understood, or that tells of a fault. */
function statusOf(error: unknown): number | undefined {
  const { $metadata, $response, $fault } = (error ?? {}) as {
    $metadata?: { httpStatusCode?: number };
    $response?: { statusCode?: number };
    $fault?: string;
  };
  return $metadata?.httpStatusCode ?? $response?.statusCode ?? ($fault === 'server' ? 500 : undefined);
}

/** The call of the SDK that it came of: `DescribeStacks`. */
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
