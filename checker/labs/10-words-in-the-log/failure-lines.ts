import type { FilteredLogEvent } from '@aws-sdk/client-cloudwatch-logs';
import { isPlatformLine } from './platform-line.ts';

/** How Lambda's line about the start of an invocation begins, in text and in JSON. */
const START = /^START RequestId: |^\{[^{]*"type":"platform\.start"/;

const FAILURE =
  /error|exception|fail|undeliver|invalid|reject|refuse|denied|bad request|could ?n[o']t|cannot|can't|status\D{0,6}[45]\d\d/i;

/** `"failed":0`, `errors: []`, `error=null` mean success. */
const NONE =
  /["']?\b\w*(?:error|fail|reject|undeliver)\w*["']?\s*[:=]\s*(?:0\b|false|null|none|undefined|\[\s*\]|"")/gi;

/** Returns whether a log line reports a failure. Lambda's own report can have a status, but no reason. */
export function tellsOfFailure(line: string): boolean {
  return !isPlatformLine(line) && FAILURE.test(line.replace(NONE, ''));
}

/**
 * Returns the lines since a time, in milliseconds, that report a failure. A line that every invocation logs, whatever
 * happens, reports nothing. `events` has a message that everyone got, too; other checks send messages at the same time.
 */
export function failuresIn(events: readonly FilteredLogEvent[], since: number): string[] {
  const invocations = invocationsIn(events);
  const isUsual = (line: string) => invocations.length > 1 && invocations.every((lines) => lines.has(withoutIds(line)));
  return events
    .filter(({ timestamp = 0 }) => timestamp >= since)
    .flatMap(({ message = '' }) => (tellsOfFailure(message) && !isUsual(message) ? message : []));
}

/** The lines of each invocation. A process serves one after the other, so in a stream each begins where the last ended. */
function invocationsIn(events: readonly FilteredLogEvent[]): Array<Set<string>> {
  const invocations: Array<Set<string>> = [];
  const current = new Map<string, Set<string>>();
  for (const { message = '', logStreamName = '' } of events) {
    if (START.test(message)) {
      const lines = new Set<string>();
      invocations.push(lines);
      current.set(logStreamName, lines);
    } else current.get(logStreamName)?.add(withoutIds(message));
  }
  return invocations;
}

/** Times, ids and counts differ in lines that say the same. Only zero is special: `"failed":0` says that nothing failed. */
function withoutIds(line: string): string {
  return line.trimEnd().replace(/(?=[\w:.+=-]*\d)[\w:.+=-]{8,}|\b[1-9]\d*\b/g, '#');
}
