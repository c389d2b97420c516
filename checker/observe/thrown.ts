import type { Evidence, Place } from '../checking/check.ts';

/** A line with an error that ended an invocation, or the function's process: what precedes it, and the error. */
const HEAD = /^(.*)\t(?:Invoke Error|Init Error|Uncaught Exception|Unhandled Promise Rejection)\s+(\{.*\})\s*$/;

/** A line that `thrown` has formatted; a function's own lines have tabs. */
const FORMATTED = / ERROR ([\w.]+: .*)$/;

/** How many stack frames of an error to show: the first in the function's own code. */
const PLACES = 2;

/** Stack frames in JavaScript itself, in Node.js, in Lambda's runtime, and in packages such as the SDK. */
const FOREIGN =
  /\(<anonymous>\)|\(index \d+\)|\bnode:|\/var\/runtime\/|[\\/]lambda[\\/]runtime[\\/]|\bnode_modules[\\/]/;

/**
 * Lambda's Node.js runtime logs an error that a function throws, or that keeps it from loading, as one line of JSON
 * that contains the message three times. This formats it as Node.js would. `inOwn` replaces stack frames in the
 * function's own code by ones that people know, and those that `isInnocent` are left out.
 */
export function thrown(
  line: string,
  inOwn = (frame: string) => frame,
  isInnocent: (frame: string) => boolean = () => false,
): string[] {
  const [, head = '', json] = HEAD.exec(line) ?? [];
  if (json === undefined) return [line];
  try {
    const { errorType, errorMessage, stack } = JSON.parse(json) as Readonly<Record<string, unknown>>;
    const frames = Array.isArray(stack) ? stack.map(String) : [];
    // A bundle has packages' code, too.
    const own = frames.filter(isOwnPlace).map(inOwn).filter(isOwnPlace);
    const guilty = own.filter((frame) => !isInnocent(frame));
    const places = (guilty.length === 0 ? own : guilty).slice(0, PLACES);
    return [...`${head.replaceAll('\t', ' ')} ${errorType}: ${errorMessage}`.split('\n'), ...places];
  } catch {
    return [line];
  }
}

/** A mistake in the code, whatever it is about: `GoneException is not defined`. */
const MISTAKE = /^(Reference|Type|Syntax|Range)Error\b/;

/** Whether an error is due to the code, and nobody throws it on purpose. */
export function isMistake(error: string): boolean {
  return MISTAKE.test(error);
}

/** A stack frame with a path relative to the workshop's folder: a learner's line. */
const LEARNERS = /^\s+at (?:async )?(?:.*\()?([^\s/\\():][^():]*\.[cm]?[jt]sx?):(\d+):\d+\)?$/;

/**
 * An error that a function's configuration can cause, in the words of AWS, of aws-jwt-verify, or of the room's handlers.
 */
const CONFIGURED =
  /AccessDenied|is not authorized to perform|\bResourceNotFoundException\b|\benvironment variable \S+ is not set|\bInvalid Cognito User Pool ID\b/;

/**
 * Whether the stack can be at fault for an error: it lacks a permission, a table or a variable, or one has a wrong value.
 */
export function isOfStack(error: string): boolean {
  return CONFIGURED.test(error);
}

/**
 * Returns the learner's line that threw the last error in the logs; undefined if no log shows one, or if that line may
 * be right and the stack wrong. `evenIfDenied` is for calls that nothing should grant.
 */
export function thrownAt(evidence: readonly Evidence[], { evenIfDenied = false } = {}): Place | undefined {
  const lines = evidence.flatMap((each) => (each.source === 'log' ? each.lines : []));
  const last = lines.findLastIndex((line) => /^[\w.]*(?:Error|Exception): /.test(line) || errorIn(line) !== undefined);
  const error = lines[last];
  if (error === undefined || (isOfStack(error) && !evenIfDenied)) return undefined;
  const frame = lines.slice(last).find((line) => LEARNERS.test(line));
  const [, file = '', line] = LEARNERS.exec(frame ?? '') ?? [];
  return frame === undefined ? undefined : { file, line: Number(line) };
}

function isOwnPlace(frame: string): boolean {
  return /^\s+at /.test(frame) && !FOREIGN.test(frame);
}

/**
 * Returns the error in a line that `thrown` has formatted, or that Lambda logged as JSON: `TypeError: …`; undefined if
 * it has none.
 */
export function errorIn(line: string): string | undefined {
  const [, formatted] = FORMATTED.exec(line) ?? [];
  if (formatted !== undefined) return formatted;
  try {
    const logged = JSON.parse(line.slice(line.indexOf('{'))) as Record<string, unknown>;
    const { errorType, errorMessage } = { ...Object(logged.message), ...logged } as Record<string, unknown>;
    return typeof errorMessage === 'string' ? `${errorType}: ${errorMessage}` : undefined;
  } catch {
    return undefined;
  }
}
