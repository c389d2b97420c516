import type { Evidence } from '../checking/check.ts';

/** Evidence with the lines marked that decide. */
export function marked(evidence: Evidence, decides: (line: string) => boolean): Evidence {
  const indexes = evidence.lines.flatMap((line, index) => (decides(line) ? index : []));
  return indexes.length === 0 ? evidence : { ...evidence, marked: indexes };
}

/** Whether a line of a conversation tells what came back to somebody, or that they were refused. */
export function isAnswer(line: string): boolean {
  return /^\+\d+ ms {2}[^"]*? ← /.test(line) || isRefusal(line);
}

/** Whether a line of a conversation tells that somebody was let in. */
export function isEntry(line: string): boolean {
  return /^\+\d+ ms {2}[^"→←]* joins as "/.test(line);
}

/** Whether a line of a conversation tells that somebody was not let in. */
export function isRefusal(line: string): boolean {
  return /^\+\d+ ms {2}[^"→←]* is refused: \d+$/.test(line);
}
