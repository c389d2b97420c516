/** The lines that Lambda itself logs about each invocation. They contain ids, numbers, and sometimes a status. */
const PLATFORM =
  /^(?:START|END|REPORT) RequestId: [0-9a-f-]{36}\b|^INIT_START Runtime Version: |^INIT_REPORT Init Duration: |^\{[^{]*"type":"platform\./;

/** Returns whether Lambda logged a line, and not the function. */
export function isPlatformLine(line: string): boolean {
  return PLATFORM.test(line);
}

/** Lambda's lines before and after everything that the function logs in an invocation, as text and as JSON. */
export const STARTED = /^START RequestId: |^\{[^{]*"type":"platform\.start"/;
export const ENDED = /^REPORT RequestId: |^\{[^{]*"type":"platform\.report"/;

/**
 * Returns the function whose stream this is, by its name: `year/month/day/function[version]id`. Undefined in a group of
 * the function's own, whose streams are named `year/month/day/[version]id`.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-loggroups.html
 */
export function functionOf(stream: string): string | undefined {
  return /^\d+\/\d+\/\d+\/([^[]+)\[/.exec(stream)?.[1];
}
