import { isPlatformLine } from './platform-line.ts';

const FAILURE =
  /error|exception|fail|undeliver|invalid|reject|refuse|denied|bad request|could ?n[o']t|cannot|can't|status\D{0,6}[45]\d\d/i;

/** `"failed":0`, `errors: []`, `error=null` mean success. */
const NONE =
  /["']?\b\w*(?:error|fail|reject|undeliver)\w*["']?\s*[:=]\s*(?:0\b|false|null|none|undefined|\[\s*\]|"")/gi;

/** Returns whether a log line reports a failure. Lambda's own report can have a status, but no reason. */
export function tellsOfFailure(line: string): boolean {
  return !isPlatformLine(line) && FAILURE.test(line.replace(NONE, ''));
}

/** Returns the lines that report a failure, without those that a message which everyone got left, too. */
export function failuresIn(lines: readonly string[], usual: readonly string[]): string[] {
  const known = new Set(usual.map(withoutIds));
  return lines.filter((line) => tellsOfFailure(line) && !known.has(withoutIds(line)));
}

/** Times, ids and counts differ in lines that say the same. Only zero is special: `"failed":0` says that nothing failed. */
function withoutIds(line: string): string {
  return line.trimEnd().replace(/(?=[\w:.+=-]*\d)[\w:.+=-]{8,}|\b[1-9]\d*\b/g, '#');
}
