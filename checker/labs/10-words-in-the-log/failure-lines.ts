/** The lines that Lambda itself writes about an invocation. A report can have a status, but no reason. */
const PLATFORM = /^(START|END|REPORT|INIT_START) |^\{[^{]*"type":"platform\./;

const FAILURE =
  /error|exception|fail|invalid|reject|refuse|denied|bad request|could ?n[o']t|cannot|can't|status\D{0,6}[45]\d\d/i;

/** `"failed":0`, `errors: []`, `error=null` mean success. */
const NONE = /["']?\b\w*(?:error|fail|reject)\w*["']?\s*[:=]\s*(?:0\b|false|null|none|undefined|\[\s*\]|"")/gi;

/** Returns whether a log line reports a failure. */
export function tellsOfFailure(line: string): boolean {
  return !PLATFORM.test(line) && FAILURE.test(line.replace(NONE, ''));
}
