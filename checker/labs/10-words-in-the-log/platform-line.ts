/** The lines that Lambda itself logs about each invocation. They contain ids, numbers, and sometimes a status. */
const PLATFORM =
  /^(?:START|END|REPORT) RequestId: [0-9a-f-]{36}\b|^INIT_START Runtime Version: |^\{[^{]*"type":"platform\./;

/** Returns whether Lambda logged a line, and not the function. */
export function isPlatformLine(line: string): boolean {
  return PLATFORM.test(line);
}

/** Lambda's lines before and after everything that the function logs in an invocation, as text and as JSON. */
export const STARTED = /^START RequestId: |^\{[^{]*"type":"platform\.start"/;
export const ENDED = /^REPORT RequestId: |^\{[^{]*"type":"platform\.report"/;
