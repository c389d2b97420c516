/** What Lambda itself writes of an invocation. A report can have a status, and no reason. */
const PLATFORM = /^(START|END|REPORT|INIT_START) |^\{[^{]*"type":"platform\./;

const FAILURE =
  /error|exception|fail|invalid|reject|refuse|denied|bad request|could ?n[o']t|cannot|can't|status\D{0,6}[45]\d\d/i;

/** `"failed":0`, `errors: []`, `error=null` say that all went well. */
const NONE = /["']?\b\w*(?:error|fail|reject)\w*["']?\s*[:=]\s*(?:0\b|false|null|none|undefined|\[\s*\]|"")/gi;

/** Returns whether a line of a log tells that something went wrong. */
export function tellsOfFailure(line: string): boolean {
  return !PLATFORM.test(line) && FAILURE.test(line.replace(NONE, ''));
}
